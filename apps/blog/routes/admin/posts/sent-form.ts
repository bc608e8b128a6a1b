import { z } from 'zod'
import type { MetaData } from '../../../models/index.ts'

const text = (most: number) => z.string().max(most).optional().catch(undefined)
const manyTexts = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .optional()
  .catch(undefined)

/** What the form of a post sends. What is not there at all stays as it is. */
const sentSchema = z.looseObject({
  title: text(300),
  kind: z.enum(['post', 'page']).optional().catch(undefined),
  slug: text(200),
  markdown: text(1_000_000),
  lexical: text(4_000_000),
  summary: text(5000),
  visibility: z.enum(['public', 'members', 'paid', 'tiers']).optional().catch(undefined),
  tier: manyTexts,
  tags: text(5000),
  authors: text(2000),
  type: manyTexts,
  image: text(2000),
  image_alt: text(500),
  image_caption: text(2000),
  status: z.enum(['draft', 'scheduled', 'published', 'sent']).optional().catch(undefined),
  publish_at: text(30),
  canonical: text(2000),
  language: text(35),
  code_head: text(65_536),
  code_foot: text(65_536),
  version: z.coerce.number().int().positive().optional().catch(undefined),
  /** The id that a new post is to have. */
  new_id: z.uuid().optional().catch(undefined),
  /** The version that a merge began with. */
  merge_seen: z.coerce.number().int().positive().optional().catch(undefined),
  action: text(40),
  autosave: text(5),
  /** Sent by the whole form: boxes that are not in what was sent are off. */
  whole: text(5),
})

export type SentForm = z.output<typeof sentSchema>

export function readSentForm(body: unknown): SentForm {
  return sentSchema.parse(body ?? {})
}

export const metaFields = {
  meta_title: 'metaTitle',
  meta_description: 'metaDescription',
  og_title: 'ogTitle',
  og_description: 'ogDescription',
  og_image: 'ogImage',
  twitter_title: 'twitterTitle',
  twitter_description: 'twitterDescription',
  twitter_image: 'twitterImage',
} as const satisfies Record<string, keyof MetaData>
