import type { DemoEntry, DemoImage } from '../../shapes.ts'
import { paragraph } from '../market/product.ts'

/** An entry as it is written down here; `completeEntry` adds what can be derived. */
export interface EntrySource {
  readonly title: string
  readonly week: number
  readonly weekday: number
  readonly time: string
  readonly durationMinutes: number
  readonly summary: string
  /** Plain paragraphs; `*word*` is emphasised. */
  readonly description: readonly string[]
  readonly location: string
  readonly pricePence?: number
  readonly capacity?: number
  /** Path below the blog's images, without `.webp`, and its alternative text. */
  readonly image?: readonly [path: string, alt: string]
  readonly relatedPostSlugs?: readonly string[]
}

export const monday = 1
export const tuesday = 2
export const wednesday = 3
export const thursday = 4
export const friday = 5
export const saturday = 6
export const sunday = 7

/** Completes the entries of one calendar in order of time; a title that recurs is numbered. */
export function completeEntries(sources: readonly EntrySource[]): DemoEntry[] {
  const seen = new Map<string, number>()
  return sources
    .toSorted((first, second) => sortKey(first) - sortKey(second))
    .map((source) => {
      const slug = slugOf(source.title)
      const count = (seen.get(slug) ?? 0) + 1
      seen.set(slug, count)
      return completeEntry(source, count === 1 ? slug : `${slug}-${count}`)
    })
}

function completeEntry(source: EntrySource, slug: string): DemoEntry {
  return {
    slug,
    week: source.week,
    weekday: source.weekday,
    time: source.time,
    durationMinutes: source.durationMinutes,
    title: source.title,
    summary: source.summary,
    descriptionHtml: source.description.map(paragraph).join(''),
    location: source.location,
    pricePence: source.pricePence ?? 0,
    currency: 'GBP',
    capacity: source.capacity ?? null,
    image: source.image === undefined ? null : blogImage(...source.image),
    relatedPostSlugs: source.relatedPostSlugs ?? [],
  }
}

function blogImage(path: string, alt: string): DemoImage {
  return { file: `blog/content/images/${path}.webp`, alt, width: 1600, height: 1000 }
}

function sortKey({ week, weekday, time }: EntrySource): number {
  return (week * 7 + weekday) * 1440 + Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[’']/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
