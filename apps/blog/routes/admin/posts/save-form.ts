import { isDeepStrictEqual } from 'node:util'
import { may } from '@rose-ash/shared/contracts/permissions'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { LexicalDocument } from '../../../services/documents/lexical.ts'
import { loadRenderer } from '../../../services/documents/load-renderer.ts'
import type { DocumentRenderer } from '../../../services/documents/render.ts'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { findTagNames } from '../../../services/posts/form-names.ts'
import type { PostWriter } from '../../../services/posts/post-writer.ts'
import { type PostRow, readContent } from '../../../services/posts/read-content.ts'
import { findRevision } from '../../../services/posts/revisions.ts'
import type { ShownPost } from './describe-form.ts'
import { type FormPage, unsaved } from './form-page.ts'
import { createSaveAnswers } from './save-answers.ts'
import { choicesIn, findNames, reasonOf } from './saving.ts'
import { readSentForm } from './sent-form.ts'

export interface SavedPost {
  readonly row: PostRow | undefined
  readonly type: 'post' | 'page'
  /** Of a form for a new post, which has chosen the id. */
  readonly newId?: string | undefined
}

/** Saves a post as its form was sent, and answers with what came of it. Whoever may not edit it is refused. */
export type FormSaving = (
  request: FastifyRequest,
  reply: FastifyReply,
  saved: SavedPost,
) => Promise<FastifyReply>

export function createFormSaving({
  graph: access,
  writer,
  show,
  timeZone,
}: {
  readonly graph: GraphAccess
  readonly writer: PostWriter
  readonly show: FormPage
  readonly timeZone: string
}): FormSaving {
  const answers = createSaveAnswers(access, show)
  let renderer: Promise<DocumentRenderer> | undefined
  const getRenderer = () => (renderer ??= loadRenderer())

  return async (request, reply, { row, type, newId }) => {
    const user = requirePermission(request, 'posts.edit', row && { type: 'page', id: row.id })
    const graph = await access.open()
    // Loaded when the first form is sent: they clean HTML and compare texts.
    const { readForm } = await import('./post-form.ts')
    const { merge } = await import('../../../services/revisions/merge.ts')
    const sent = readSentForm(request.body)
    const known = row && (await readContent(graph.database, graph.store, row))
    const read = readForm(sent, {
      known,
      timeZone,
      mayCode: may(user.roles, 'posts.code'),
    })
    const shown: ShownPost = {
      ...unsaved,
      id: row?.id,
      type,
      row,
      content: read.content,
      tagNames: read.tagNames ?? [],
      authorNames: read.authorNames ?? [],
    }
    if (sent.action === 'fields') return show(request, reply, shown)
    const isAutosave = sent.autosave === '1'
    if (isAutosave && row && row.status !== 'draft') {
      const message = 'Only drafts are saved by themselves: this would be seen at once.'
      return answers.refuse(request, reply, { ...shown, messages: [message] })
    }
    const names = await findNames(graph.database, read)
    const messages = [...read.messages, ...names.messages]
    if (messages.length > 0) return answers.refuse(request, reply, { ...shown, messages })
    const mine = { ...read.content, ...names.slugs }
    const brought =
      known && sent.merge_seen !== undefined
        ? merge({
            base: await findRevision(graph.database, row.id, sent.merge_seen),
            mine,
            theirs: known,
            choices: choicesIn(request.body),
          }).content
        : mine
    const document = isDeepStrictEqual(brought.lexical, known?.lexical)
      ? undefined
      : (brought.lexical as LexicalDocument)
    const body = document && (await (await getRenderer()).render(document))
    const content = {
      ...brought,
      ...(body && { lexical: body.lexical }),
      // Whoever has chosen to publish has not yet said so.
      ...(isAutosave && { status: 'draft' as const, publishedAt: known?.publishedAt ?? null }),
    }
    const result = await writer.save({
      // A new one that is sent again is saved as one: its writer is still who it is by.
      id: newId === undefined ? row?.id : undefined,
      newId,
      type,
      content,
      tagNames: await findTagNames(graph.database, content.tags),
      body,
      seenVersion: sent.version ?? (newId === undefined ? undefined : 1),
      reason: isAutosave ? 'autosave' : reasonOf(row, content.status),
      user,
    })
    return answers.answer(request, reply, { result, shown: { ...shown, content }, sent, newId })
  }
}
