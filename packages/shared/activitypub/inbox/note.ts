import { z } from 'zod'
import { activityStreams, everybody } from '../contexts.ts'
import { idsOf } from './envelope.ts'

/** Something that was written elsewhere, as far as it can be an answer to something here. */
export interface Note {
  readonly id: string
  readonly authorUri: string
  readonly inReplyTo: string | undefined
  /** As it came. */
  readonly html: string
  readonly isPublic: boolean
  readonly publishedAt: Date
  readonly updatedAt: Date
}

const text = z.string().max(500_000)

const note = z.looseObject({
  id: z.string().min(1),
  type: z.enum(['Note', 'Article', 'Page', 'Question']),
  content: text.nullish(),
  contentMap: z.record(z.string(), text).nullish().catch(null),
  /** A warning of what follows. */
  summary: text.nullish().catch(null),
  published: z.coerce.date().optional().catch(undefined),
  updated: z.coerce.date().optional().catch(undefined),
})

const publicNames = new Set([everybody, 'as:Public', 'Public', `${activityStreams}/Public`])

/** Undefined for everything else. */
export function readNote(document: unknown): Note | undefined {
  const parsed = note.safeParse(document)
  if (!parsed.success) return undefined
  const { id, content, contentMap, summary, published, updated, ...rest } = parsed.data
  const [authorUri] = idsOf(rest['attributedTo'])
  if (authorUri === undefined) return undefined
  const [translated = ''] = Object.values(contentMap ?? {})
  const warning =
    summary && rest.type === 'Note'
      ? `<p>${summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`
      : ''
  const now = new Date()
  return {
    id,
    authorUri,
    inReplyTo: idsOf(rest['inReplyTo'])[0],
    html: warning + (content ?? translated),
    isPublic: idsOf(rest['to'])
      .concat(idsOf(rest['cc']))
      .some((name) => publicNames.has(name)),
    publishedAt: published ?? now,
    updatedAt: updated ?? now,
  }
}
