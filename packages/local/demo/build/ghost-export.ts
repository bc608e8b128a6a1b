import { join } from 'node:path'
import { authors, site, tags } from '../source/blog.ts'
import {
  joinRows,
  postMetaRow,
  postRow,
  roleRow,
  roleUserRow,
  settingRow,
  tagRow,
  userRow,
} from './ghost-rows.ts'
import type { Row } from './ghost-rows.ts'
import { lexicalDocument } from './lexical.ts'
import { readPostSources } from './post-source.ts'
import type { PostSource } from './post-source.ts'

/** A Ghost 6.65 export, as `GET /ghost/api/admin/db/` answers it. */
export interface GhostExport {
  readonly db: readonly [
    {
      readonly meta: { readonly exported_on: number; readonly version: string }
      readonly data: Readonly<Record<string, readonly Row[]>>
    },
  ]
}

/** What is in `posts/` and `pages/` of the source folder. */
export function readSources(sourceFolder: string): readonly PostSource[] {
  return [
    ...readPostSources(join(sourceFolder, 'posts'), 'post'),
    ...readPostSources(join(sourceFolder, 'pages'), 'page'),
  ]
}

export function buildGhostExport(sources: readonly PostSource[]): GhostExport {
  checkReferences(sources)
  const imageOf = (slug: string): string | undefined =>
    sources.find((source) => source.slug === slug)?.image
  const data = {
    posts: sources.map((post) => postRow(post, lexicalDocument(post.body, { imageOf }))),
    posts_meta: sources.map(postMetaRow),
    posts_tags: sources.flatMap((post) => joinRows(post, 'tag')),
    posts_authors: sources.flatMap((post) => joinRows(post, 'author')),
    tags: tags.map(tagRow),
    users: authors.map(userRow),
    roles: [roleRow('Administrator'), roleRow('Author')],
    roles_users: authors.map(({ slug }) =>
      roleUserRow(slug === 'members-office' ? 'Administrator' : 'Author', slug),
    ),
    settings: [
      settingRow('title', site.title),
      settingRow('description', site.description),
      settingRow('locale', 'en-GB'),
      settingRow('timezone', 'Europe/London'),
    ],
  }
  const exportedOn = Date.parse('2026-11-22T12:00:00.000Z')
  return { db: [{ meta: { exported_on: exportedOn, version: '6.65.0' }, data }] }
}

/** Every author, tag and internal link must exist: a typing error stops the build. */
function checkReferences(sources: readonly PostSource[]): void {
  const known = new Set([
    ...sources.map(({ slug }) => `/${slug}/`),
    ...authors.map(({ slug }) => `/author/${slug}/`),
    ...tags.map(({ slug }) => `/tag/${slug}/`),
  ])
  for (const { slug, body, authorSlugs, tagSlugs } of sources) {
    const links = [...body.matchAll(/\]\((\/[^)]*)\)|^:::bookmark (\S+)|^url: (\S+)/gm)]
    for (const [, inline, bookmark, product] of links) {
      const link = inline ?? bookmark ?? product ?? ''
      if (!known.has(link)) throw new Error(`${slug} links to ${link}, which does not exist`)
    }
    for (const author of authorSlugs) {
      if (!authors.some((known) => known.slug === author)) throw new Error(`${slug}: ${author}?`)
    }
    for (const tag of tagSlugs) {
      if (!tags.some((known) => known.slug === tag)) throw new Error(`${slug}: ${tag}?`)
    }
  }
}
