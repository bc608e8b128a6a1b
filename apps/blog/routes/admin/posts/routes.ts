import { isDeepStrictEqual } from 'node:util'
import type { BundledFiles } from '@rose-ash/editor/bundled-files'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { may } from '@rose-ash/shared/contracts/permissions'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { blankDocument, type LexicalDocument } from '../../../services/documents/lexical.ts'
import { loadRenderer } from '../../../services/documents/load-renderer.ts'
import type { DocumentRenderer } from '../../../services/documents/render.ts'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { findAuthorNames, findTagNames, namesInForm } from '../../../services/posts/form-names.ts'
import type { PostWriter } from '../../../services/posts/post-writer.ts'
import {
  blankContent,
  findPost,
  type PostRow,
  readContent,
} from '../../../services/posts/read-content.ts'
import { findRevision } from '../../../services/posts/revisions.ts'
import type { SaveResult } from '../../../services/posts/save-post.ts'
import { postUrl } from '../addresses.ts'
import { editorContentPolicy } from '../editor/editor-content-policy.ts'
import { describeForm, type ShownPost } from './describe-form.ts'
import { askedPosts, findPosts } from './find-posts.ts'
import { editedPost, requireEditor } from './permissions.ts'
import { choicesIn, findNames, noticeOf, reasonOf } from './saving.ts'
import { readSentForm, type SentForm } from './sent-form.ts'

interface Options {
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly writer: PostWriter
  /** The editor's. */
  readonly files: BundledFiles
}

/** A form that takes whole texts is larger than others. */
const bodyLimit = 8 * 1024 * 1024

/** Posts and pages for editors: found, written, scheduled, given their types and what those ask for. */
export async function postAdminRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { page, writer } = options
  let renderer: Promise<DocumentRenderer> | undefined
  const getRenderer = () => (renderer ??= loadRenderer())

  app.get('/admin/posts/', async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const { database } = await options.graph.open()
    return page(request, reply, {
      template: 'pages/admin/posts',
      title: 'Posts',
      isPrivate: true,
      data: await findPosts(database, askedPosts(request.query)),
    })
  })

  for (const kind of ['post', 'page'] as const) {
    const url = kind === 'post' ? '/admin/posts/new' : '/admin/posts/new-page'
    app.get(url, async (request, reply) => {
      requirePermission(request, 'posts.edit')
      const content = { ...blankContent, lexical: blankDocument }
      return send(request, reply, { ...unsaved, type: kind, content })
    })
    app.post(url, { bodyLimit }, async (request, reply) => {
      requirePermission(request, 'posts.edit')
      // It is there already when the form was sent before and the answer was lost.
      const { new_id: newId } = readSentForm(request.body)
      const row = newId && (await findPost((await options.graph.open()).database, newId))
      return save(request, reply, { row: row || undefined, type: row ? row.type : kind, newId })
    })
  }

  app.get('/admin/posts/:id/', async (request, reply) => {
    requireEditor(request)
    return send(request, reply, await readShown(await getRow(request)))
  })

  app.post('/admin/posts/:id/', { bodyLimit }, async (request, reply) => {
    requireEditor(request)
    const row = await getRow(request)
    return save(request, reply, { row, type: row.type })
  })

  async function getRow(request: FastifyRequest) {
    const { database } = await options.graph.open()
    const row = await findPost(database, editedPost(request))
    if (!row) throw new NotFoundError('There is no such post.')
    return row
  }

  async function readShown(row: PostRow & { readonly type: 'post' | 'page' }): Promise<ShownPost> {
    const graph = await options.graph.open()
    const content = await readContent(graph.database, graph.store, row)
    const names = await namesInForm(graph.database, row.id)
    return { ...unsaved, id: row.id, type: row.type, row, content, ...names }
  }

  async function save(
    request: FastifyRequest,
    reply: FastifyReply,
    { row, type, newId }: SavedPost,
  ) {
    const user = requirePermission(request, 'posts.edit', row && { type: 'page', id: row.id })
    const graph = await options.graph.open()
    // Loaded when the first form is sent: they clean HTML and compare texts.
    const { readForm } = await import('./post-form.ts')
    const { merge } = await import('../../../services/revisions/merge.ts')
    const sent = readSentForm(request.body)
    const known = row && (await readContent(graph.database, graph.store, row))
    const read = readForm(sent, {
      known,
      timeZone: app.config.platform.timeZone,
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
    if (sent.action === 'fields') return send(request, reply, shown)
    const isAutosave = sent.autosave === '1'
    if (isAutosave && row && row.status !== 'draft') {
      const message = 'Only drafts are saved by themselves: this would be seen at once.'
      return answerRefusal(request, reply, { ...shown, messages: [message] })
    }
    const names = await findNames(graph.database, read)
    const messages = [...read.messages, ...names.messages]
    if (messages.length > 0) return answerRefusal(request, reply, { ...shown, messages })
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
    return answer(request, reply, { result, shown: { ...shown, content }, sent, newId })
  }

  interface SavedPost {
    readonly row: PostRow | undefined
    readonly type: 'post' | 'page'
    /** Of a form for a new post, which has chosen the id. */
    readonly newId?: string | undefined
  }

  interface Answered {
    readonly result: SaveResult
    readonly shown: ShownPost
    readonly sent: SentForm
    readonly newId: string | undefined
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    { result, shown, sent, newId }: Answered,
  ) {
    if (result.status === 'refused') {
      return answerRefusal(request, reply, { ...shown, ...result })
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
    const row = id && (await findPost((await options.graph.open()).database, id))
    if (!row) throw new NotFoundError('There is no such post.')
    return row
  }

  function answerRefusal(request: FastifyRequest, reply: FastifyReply, shown: ShownPost) {
    const { autosave } = readSentForm(request.body)
    if (autosave === '1') {
      const problems = shown.problems.map(({ message }) => message)
      return reply.status(422).send({ message: [...shown.messages, ...problems].join(' ') })
    }
    return send(request, reply, shown)
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
    const graph = await options.graph.open()
    const theirs = await readContent(graph.database, graph.store, row)
    const base =
      sent.version === undefined
        ? undefined
        : await findRevision(graph.database, row.id, sent.version)
    const choices = choicesIn(request.body)
    const { merge } = await import('../../../services/revisions/merge.ts')
    const merged = merge({ base, mine: shown.content, theirs, choices })
    return send(request, reply, {
      ...shown,
      id: row.id,
      row,
      content: merged.content,
      tagNames: await findTagNames(graph.database, merged.content.tags),
      authorNames: await findAuthorNames(graph.database, merged.content.authors),
      merge: { ...merged, version, seenVersion: sent.version ?? null },
    })
  }

  async function send(request: FastifyRequest, reply: FastifyReply, post: ShownPost) {
    const graph = await options.graph.open()
    editorContentPolicy(reply)
    const isRefused = post.messages.length + post.problems.length > 0
    return page(request, reply, {
      template: 'pages/admin/post-form',
      title: post.id ? post.content.title || 'Untitled' : `New ${post.type}`,
      isPrivate: true,
      status: post.merge ? 409 : isRefused ? 422 : 200,
      data: await describeForm(graph, post, {
        timeZone: app.config.platform.timeZone,
        mayCode: may(request.user?.roles ?? [], 'posts.code'),
        files: options.files,
      }),
    })
  }
}

const unsaved = {
  id: undefined,
  row: undefined,
  tagNames: [],
  authorNames: [],
  messages: [],
  problems: [],
  merge: undefined,
} as const
