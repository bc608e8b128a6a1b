import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { curlyQuotes } from './inline.ts'

/** A post or page as written in `source/`, before it becomes rows. */
export interface PostSource {
  readonly type: 'post' | 'page'
  readonly slug: string
  readonly title: string
  readonly body: string
  readonly authorSlugs: readonly string[]
  readonly tagSlugs: readonly string[]
  readonly status: string
  readonly visibility: string
  readonly isFeatured: boolean
  /** ISO instant; of writing where the post is a draft. */
  readonly date: string
  readonly excerpt: string
  readonly image: string
  readonly imageAlt: string
  readonly imageCaption: string | null
  readonly metaTitle: string | null
}

/** Reads `<date>-<slug>.md` and `<slug>.md` of a folder, oldest first. */
export function readPostSources(folder: string, type: PostSource['type']): PostSource[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readPostSource(join(folder, name), name, type))
    .toSorted((first, second) => first.date.localeCompare(second.date))
}

function readPostSource(file: string, name: string, type: PostSource['type']): PostSource {
  const [, head = '', body = ''] = readFileSync(file, 'utf8').split(/^---\n/m, 3)
  const text = readFileSync(file, 'utf8')
  const fields = readFields(head)
  const [, day, slug = ''] = /^(?:(\d{4}-\d\d-\d\d)-|draft-)?(.+)\.md$/.exec(name) ?? []
  const need = (key: string): string => {
    const value = fields.get(key)
    if (value === undefined) throw new Error(`${name} has no "${key}"`)
    return value
  }
  const optional = (key: string): string | null => fields.get(key) ?? null
  return {
    type,
    slug,
    title: curlyQuotes(need('title')),
    body: body === '' ? '' : text.slice(text.indexOf('---\n', 4) + 4),
    authorSlugs: list(fields.get('authors') ?? 'members-office'),
    tagSlugs: list(fields.get('tags') ?? '').map((tag) => tag.replace(/^#/, 'hash-')),
    status: fields.get('status') ?? 'published',
    visibility: fields.get('visibility') ?? 'public',
    isFeatured: fields.get('featured') === 'yes',
    date: `${day ?? need('date')}T${fields.get('time') ?? '08:00'}:00.000Z`,
    excerpt: curlyQuotes(need('excerpt')),
    image: need('image'),
    imageAlt: curlyQuotes(need('alt')),
    imageCaption: optional('caption'),
    metaTitle: optional('metaTitle'),
  }
}

function readFields(head: string): Map<string, string> {
  const pairs = head.split('\n').flatMap((line): [string, string][] => {
    const colon = line.indexOf(': ')
    if (colon < 0) return []
    return [[line.slice(0, colon), line.slice(colon + 2).replace(/^"(.*)"$/, '$1')]]
  })
  return new Map(pairs)
}

function list(text: string): string[] {
  return text === '' ? [] : text.split(', ')
}
