import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFixtures } from '../../services/content-api/test-fixtures.ts'
import { fixture } from '../../services/ghost/test-export.ts'
import { createImportTarget, type ImportTarget } from '../../services/ghost/test-import.ts'
import { createTestContentApi, type TestContentApi } from './test-content-api.ts'

type Row = Record<string, unknown>

interface Difference {
  readonly reason: string
  /** What is left to be equal of a value, from either side. */
  readonly same: (value: unknown) => unknown
}

const site = 'http://blog.localhost'

const type = (value: unknown) => typeof value

/** Where an answer may differ from Ghost's, by field. Everything else is equal to the letter. */
const differences: Readonly<Record<string, Readonly<Record<string, Difference>>>> = {
  posts: {
    feature_image: {
      reason: 'pictures on other sites are not shown to readers here',
      same: (value) => (String(value).startsWith(site) ? value : null),
    },
    html: {
      reason: 'no “?ref=” at links, no media of other sites, cards in markup that needs no script',
      same: (value) => (value === null ? null : prose(value as string)),
    },
    plaintext: { reason: 'captions stay in it, and blank lines do not', same: type },
    excerpt: {
      reason: 'it is the beginning of that text',
      same: (value) => (value === null ? null : letters(value).slice(0, 15)),
    },
    reading_time: {
      reason: 'less than a minute is a minute',
      same: (value) => Math.max(1, Number(value ?? 1)),
    },
    comments: { reason: 'pages take none here', same: type },
  },
  tags: { canonical_url: { reason: 'an import leaves it out', same: () => null } },
  authors: { twitter: { reason: 'an import leaves it out', same: () => null } },
  tiers: {
    created_at: { reason: 'an import leaves it out', same: () => null },
    updated_at: { reason: 'an import leaves it out', same: () => null },
    currency: {
      reason: 'Ghost writes it in either case',
      same: (value) => letters(value).toUpperCase(),
    },
  },
  newsletters: {
    created_at: { reason: 'an import leaves it out', same: type },
    updated_at: { reason: 'an import leaves it out', same: type },
  },
}

/** Without spaces: other markup puts them elsewhere. */
function letters(text: unknown): string {
  return String(text).replaceAll(/\s+|[★☆]/g, '')
}

/** What stands in paragraphs, lists and headings, cards included. */
function prose(html: string): readonly string[] {
  const blocks = html.matchAll(/<(p|li|h[1-6]|blockquote)\b[^>]*>(.*?)<\/\1>/gs)
  return [...blocks].map(([, , inside = '']) => letters(inside.replaceAll(/<[^>]*>/g, '')))
}

const belongings: Readonly<Record<string, string>> = {
  primary_tag: 'tags',
  primary_author: 'authors',
}

/** What must be equal, of either side. */
function comparable(kind: string, row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const difference = differences[kind === 'pages' ? 'posts' : kind]?.[name]
      if (difference) return [name, difference.same(value)]
      const inner = belongings[name] ?? name
      if (!(inner in differences) || value === null) return [name, value]
      const many = [value].flat() as Row[]
      return [name, many.map((one) => comparable(inner, one))]
    }),
  )
}

const fixtures = findFixtures(process.env['ROSE_ASH_FIXTURES'])
if (!fixtures) it('is compared with a real Ghost where there are its answers', () => undefined)

/** As this platform would say it. */
function ghostSays(name: string): Record<string, Row[]> & { meta: unknown } {
  const answer = JSON.stringify(fixtures?.read(`content-api/${name}.json`))
  return JSON.parse(answer.replaceAll('http://127.0.0.1:2368/', `${site}/`))
}

describe.runIf(fixtures)('an imported site', () => {
  let target: ImportTarget
  let api: TestContentApi
  beforeAll(async () => {
    target = await createImportTarget()
    await target.run(fixture('ghost-6.65.0-sqlite-export.json'))
    api = await createTestContentApi(target.connection)
  })
  afterAll(async () => {
    await api[Symbol.asyncDispose]()
    await target[Symbol.asyncDispose]()
  })

  it.each([
    ['posts', 1],
    ['posts', 2],
    ['pages', 1],
    ['pages', 2],
  ])('answers its %s, page %i, as it did at Ghost', async (name, page) => {
    const ghost = ghostSays(`${name}.page${page}`)
    const { body } = await api.ask(`${name}/`, {
      limit: '10',
      page: String(page),
      include: 'tags,authors,tiers',
      formats: 'html,plaintext',
    })
    expect(body.meta).toEqual(ghost.meta)
    const rows: Row[] = body[name]
    // Ghost leaves the order of what was published in the same second open.
    const bySlug = (list: readonly Row[]) =>
      list.toSorted((a, b) => String(a['slug']).localeCompare(String(b['slug'])))
    const sides = [bySlug(rows), bySlug(ghost[name] ?? [])] as const
    expect(sides[0].map((row) => comparable(name, row))).toEqual(
      sides[1].map((row) => comparable(name, row)),
    )
  })

  it.each(['tags', 'authors', 'tiers', 'newsletters'])('answers its %s', async (name) => {
    const ghost = ghostSays(name)
    const query = { limit: '50', include: 'count.posts' }
    const { body } = await api.ask(`${name}/`, query)
    expect(body[name].map((row: Row) => comparable(name, row))).toEqual(
      ghost[name]?.map((row) => comparable(name, row)),
    )
  })

  it('has all settings that Ghost has, of the same kinds', async () => {
    const ghost = fixtures?.read<{ settings: Row }>('content-api/settings.json').settings ?? {}
    const { settings } = (await api.ask('settings/')).body
    expect(Object.keys(settings)).toEqual(Object.keys(ghost))
    const kind = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)
    for (const [name, value] of Object.entries(settings)) {
      // What the fixtures' site has set may be empty here.
      if (value !== null && ghost[name] !== null)
        expect([name, kind(value)]).toEqual([name, kind(ghost[name])])
    }
    expect(settings).toMatchObject({
      title: 'Rose Ash',
      url: `${site}/`,
      timezone: 'Europe/London',
    })
  })

  it.each([
    ['error-401-unknown-key', 'posts/', { key: 'f'.repeat(26) }],
    ['error-404-post', 'posts/6b024f7f6fb62964bafadad0/', {}],
  ])('answers as in %s', async (name, path, query) => {
    const ghost = fixtures?.read<{ errors: Row[] }>(`content-api/${name}.json`)
    const { body } = await api.ask(path, query)
    const bare = (errors: Row[] = []) => errors.map(({ id, ...rest }) => [typeof id, rest])
    expect(bare(body.errors)).toEqual(bare(ghost?.errors))
  })

  it('gives nobody the text behind its paywall', async () => {
    const { rows } = await api.connection.pool.query(
      `select slug, plaintext, public_text from posts where visibility <> 'public' and status = 'published'`,
    )
    const hidden = rows.flatMap(({ plaintext, public_text }) =>
      String(plaintext)
        .split('\n')
        .filter((line) => line.length > 40 && !String(public_text).includes(line)),
    )
    expect(hidden.length).toBeGreaterThan(3)
    const query = { limit: 'all', formats: 'html,plaintext', include: 'tags,authors,tiers' }
    const said = JSON.stringify([
      (await api.ask('posts/', query)).body,
      (await api.ask('pages/', query)).body,
    ])
    expect(hidden.filter((line) => said.includes(JSON.stringify(line).slice(1, -1)))).toEqual([])
  })
})
