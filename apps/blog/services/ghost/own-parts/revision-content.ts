import { z } from 'zod'
import type { RevisionContent } from '../../../models/index.ts'
import { isDocument } from '../../documents/lexical.ts'

const text = z.string().max(100_000).nullable()
const slugs = z.array(z.string().min(1).max(300)).max(1000)

/** What a post was at one save. */
export const revisionContent = z.object({
  title: z.string().max(2000),
  slug: z.string().max(300),
  lexical: z.unknown().refine(isDocument),
  status: z.enum(['draft', 'scheduled', 'published', 'sent']),
  visibility: z.enum(['public', 'members', 'paid', 'tiers']),
  customExcerpt: text,
  featured: z.boolean(),
  featureImage: text,
  featureImageAlt: text,
  featureImageCaption: text,
  canonicalUrl: text,
  language: text,
  meta: z.record(z.string().max(60), z.string().max(10_000)),
  codeHead: text,
  codeFoot: text,
  takesComments: z.boolean(),
  publishedAt: z.iso.datetime().nullable(),
  tags: slugs,
  authors: slugs,
  tiers: slugs,
  types: slugs,
  fields: z.record(z.string().max(40), z.union([z.string().max(20_000), z.number(), z.boolean()])),
}) satisfies z.ZodType<RevisionContent>
