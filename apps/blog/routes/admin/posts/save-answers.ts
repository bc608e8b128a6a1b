import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { findAuthorNames, findTagNames } from '../../../services/posts/form-names.ts'
import { findPost, type PostRow, readContent } from '../../../services/posts/read-content.ts'
import { findRevision } from '../../../services/posts/revisions.ts'
import type { SaveResult } from '../../../services/posts/save-post.ts'
import { postUrl } from '../addresses.ts'
import type { ShownPost } from './describe-form.ts'
import type { FormPage } from './form-page.ts'
import { choicesIn, noticeOf } from './saving.ts'
import { readSentForm, type SentForm } from './sent-form.ts'

export interface SaveOutcome {
  readonly result: SaveResult
  readonly shown: ShownPost
  readonly sent: SentForm
  readonly newId: string | undefined
}

/** What whoever saves hears: a page when a person sent the form, JSON when the editor saved by itself. */
export interface SaveAnswers {
  answer(request: FastifyRequest, reply: FastifyReply, outcome: SaveOutcome): Promise<FastifyReply>
  /** Says what is wrong, before anything was saved. */
  refuse(request: FastifyRequest, reply: FastifyReply, shown: ShownPost): Promise<FastifyReply>
}

export function createSaveAnswers(access: GraphAccess, show: FormPage): SaveAnswers {
  return { answer, refuse }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    { result, shown, sent, newId }: SaveOutcome,
  ) {
    if (result.status === 'refused') {
      return refuse(request, reply, { ...shown, ...result })
    }
    if (result.status === 'collision') {
      if (sent.autosave === '1') {
        return reply.status(409).send({
          message: 'Somebody else has saved this post meanwhile. Save to bring the two together.',
          version: result.version,
          // A form whose last answer was lost may find that it was itself.
          ...(await readStored(shown.id ?? newId)),
        })
      }
      const row = await findSaved(shown.id ?? newId)
      return showMerge(request, reply, { shown, sent, row, version: result.version })
    }
    const id = result.status === 'saved' ? result.change.id : result.id
    if (sent.autosave === '1') return reply.send({ version: result.version, url: postUrl(id) })
    addNotice(reply, { tone: 'success', text: noticeOf(result) })
    return reply.redirect(postUrl(id), 303)
  }

  async function readStored(id: string | undefined) {
    const { title, lexical } = await findSaved(id)
    return { title, lexical: JSON.stringify(lexical) }
  }

  /** What somebody has saved meanwhile, be it that the post was new. */
  async function findSaved(id: string | undefined): Promise<PostRow> {
    const row = id && (await findPost((await access.open()).database, id))
    if (!row) throw new NotFoundError('There is no such post.')
    return row
  }

  async function refuse(request: FastifyRequest, reply: FastifyReply, shown: ShownPost) {
    const { autosave } = readSentForm(request.body)
    if (autosave === '1') {
      const problems = shown.problems.map(({ message }) => message)
      return reply.status(422).send({ message: [...shown.messages, ...problems].join(' ') })
    }
    return show(request, reply, shown)
  }

  /** Two have changed one post: what only one has touched is brought together, the rest is to be chosen. */
  async function showMerge(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      shown,
      sent,
      row,
      version,
    }: { shown: ShownPost; sent: SentForm; row: PostRow; version: number },
  ) {
    const graph = await access.open()
    const theirs = await readContent(graph.database, graph.store, row)
    const base =
      sent.version === undefined
        ? undefined
        : await findRevision(graph.database, row.id, sent.version)
    const choices = choicesIn(request.body)
    const { merge } = await import('../../../services/revisions/merge.ts')
    const merged = merge({ base, mine: shown.content, theirs, choices })
    return show(request, reply, {
      ...shown,
      id: row.id,
      row,
      content: merged.content,
      tagNames: await findTagNames(graph.database, merged.content.tags),
      authorNames: await findAuthorNames(graph.database, merged.content.authors),
      merge: { ...merged, version, seenVersion: sent.version ?? null },
    })
  }
}
