import { z } from 'zod'
import { slugify, wantedSlug } from '../ghost/slugs.ts'

/** The fields of a form, and what is wrong with them by their names. */
export type Problems = Readonly<Record<string, string>>

const oneLine = (longest: number) =>
  z
    .string()
    .catch('')
    .transform((text) => text.replaceAll(/\s+/g, ' ').trim())
    .pipe(z.string().max(longest, `At most ${longest} letters.`))

const manyLines = (longest: number) =>
  z
    .string()
    .catch('')
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(longest, `At most ${longest} letters.`))

const webAddress = oneLine(500).refine(
  (text) => text === '' || /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
  'A whole address begins with https://',
)

const name = oneLine(191).pipe(z.string().min(1, 'It needs a name.'))

const common = {
  name,
  slug: oneLine(191),
  metaTitle: oneLine(300),
  metaDescription: oneLine(500),
  /** When the row was changed last, as the form has seen it. */
  seenAt: z.string().catch(''),
}

export const tagForm = z.object({
  ...common,
  name: name.refine((text) => text !== '#', 'An internal tag needs a name after the #.'),
  description: manyLines(500),
  featureImage: oneLine(500),
  accentColor: oneLine(7).refine(
    (text) => text === '' || /^#[0-9a-f]{6}$/i.test(text),
    'A colour is # and six digits from 0 to f, such as #9a3f55.',
  ),
  canonicalUrl: webAddress,
  groupId: z.union([z.uuid(), z.literal('')]).catch(''),
})

export const authorForm = z.object({
  ...common,
  bio: manyLines(500),
  profileImage: oneLine(500),
  website: webAddress,
  location: oneLine(150),
  email: oneLine(254).refine(
    (text) => text === '' || z.email().safeParse(text).success,
    'That is no e-mail address.',
  ),
})

export type TagForm = z.output<typeof tagForm>
export type AuthorForm = z.output<typeof authorForm>

export function problemsOf(error: z.ZodError): Problems {
  return Object.fromEntries(
    error.issues.toReversed().map(({ path, message }) => [String(path[0]), message]),
  )
}

export const notOurs = 'Upload the picture here first: its address then begins with /content/'

/** Pages load nothing from anybody else. What an import has left may stay. */
export function isOwnPicture(address: string, known: string | null | undefined): boolean {
  return address === '' || address === known || /^\/content\/[^\s\\]+$/.test(address)
}

export function isInternalName(text: string): boolean {
  return text.startsWith('#')
}

/** As Ghost makes them: `#pinned` has the slug `hash-pinned`. */
export function slugOfTag({ name: title, slug }: Pick<TagForm, 'name' | 'slug'>): string {
  if (slug !== '') return wantedSlug(slug, title)
  const base = slugify(title.replace(/^#/, '')) || 'tag'
  return isInternalName(title) ? `hash-${base}` : base
}
