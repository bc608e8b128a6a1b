import type { Database } from '../../models/index.ts'
import { derivedId, type GhostIds } from './ghost-ids.ts'
import {
  benefitRows,
  newsletterRows,
  snippetRows,
  tierBenefitRows,
  tierRows,
} from './membership-rows.ts'
import { postMetaRow, postRow } from './post-row.ts'
import { readBriefPosts, readPosts } from './read-posts.ts'
import {
  postAuthorRelation,
  postTagRelation,
  postTierRelation,
  relationRows,
} from './relation-rows.ts'
import { type ExportedSite, settingRows } from './setting-rows.ts'
import type { SiteAddresses } from './site-addresses.ts'
import { authorRole, authorRoleRows, authorRows, tagRows } from './taxonomy-rows.ts'

type Row = Readonly<Record<string, unknown>>
type Rows = AsyncIterable<readonly Row[]>

export interface GhostJson {
  /** A snapshot, so that every row that another one names is there. */
  readonly database: Database
  readonly ids: GhostIds
  readonly addresses: SiteAddresses
  readonly site: ExportedSite
  readonly exportedAt: Date
  /** Whether authors' own mail addresses may be in it. */
  readonly withEmails: boolean
  /** After each page of posts. */
  readonly onPosts: (count: number) => void
}

/** The version of Ghost whose tables these are. */
const ghostVersion = '6.65.0'

/** An export as Ghost writes it, row by row: never more than a page of them is in memory. */
export async function* ghostJson(json: GhostJson): AsyncGenerator<string> {
  const meta = { exported_on: json.exportedAt.getTime(), version: ghostVersion }
  yield `{"db":[{"meta":${JSON.stringify(meta)},"data":{`
  let isFirst = true
  for (const [table, rows] of tablesOf(json)) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(table)}:[`
    isFirst = false
    yield* joined(rows)
    yield ']'
  }
  yield '}}]}\n'
}

function tablesOf(json: GhostJson): readonly (readonly [string, Rows])[] {
  const { database, ids } = json
  return [
    ['settings', once(() => settingRows(database, json.site))],
    ['roles', once(async () => [authorRole])],
    ['users', authorRows(database, json)],
    ['roles_users', authorRoleRows(database, json)],
    ['tags', tagRows(database, json)],
    ['newsletters', newsletterRows(database, json)],
    ['products', tierRows(database, json)],
    ['benefits', benefitRows(database)],
    ['products_benefits', tierBenefitRows(database, json)],
    ['snippets', snippetRows(database, json)],
    ['posts', postRows(json)],
    ['posts_meta', postMetaRows(json)],
    ['posts_authors', relationRows(database, ids, postAuthorRelation)],
    ['posts_tags', relationRows(database, ids, postTagRelation)],
    ['posts_products', relationRows(database, ids, postTierRelation)],
  ]
}

async function* postRows({
  database,
  ids,
  addresses,
  onPosts,
}: GhostJson): AsyncGenerator<readonly Row[]> {
  for await (const page of readPosts(database)) {
    yield page.map((post) =>
      postRow(post, {
        addresses,
        id: ids.of('post', post),
        isOriginal: ids.isOriginal('post', post),
      }),
    )
    onPosts(page.length)
  }
}

async function* postMetaRows({
  database,
  ids,
  addresses,
}: GhostJson): AsyncGenerator<readonly Row[]> {
  for await (const page of readBriefPosts(database)) {
    yield page.flatMap((post): readonly Row[] => {
      const postId = ids.of('post', post)
      const id = derivedId('posts_meta', postId)
      const row = postMetaRow(post, { addresses, id, postId })
      return row ? [row] : []
    })
  }
}

async function* once(read: () => Promise<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  yield await read()
}

async function* joined(rows: Rows): AsyncGenerator<string> {
  let separator = '\n'
  for await (const page of rows) {
    for (const row of page) {
      yield separator + JSON.stringify(row)
      separator = ',\n'
    }
  }
}
