import type { BundledFiles } from '@rose-ash/editor/bundled-files'
import { may } from '@rose-ash/shared/contracts/permissions'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { editorContentPolicy } from '../editor/editor-content-policy.ts'
import { describeForm, type ShownPost } from './describe-form.ts'

/** Sends the form of a post, with what is wrong with it or has to be chosen. */
export type FormPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  post: ShownPost,
) => Promise<FastifyReply>

export function createFormPage({
  page,
  graph: access,
  files,
  timeZone,
}: {
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly files: BundledFiles
  readonly timeZone: string
}): FormPage {
  return async (request, reply, post) => {
    const graph = await access.open()
    editorContentPolicy(reply)
    const isRefused = post.messages.length + post.problems.length > 0
    return page(request, reply, {
      template: 'pages/admin/post-form',
      title: post.id ? post.content.title || 'Untitled' : `New ${post.type}`,
      isPrivate: true,
      status: post.merge ? 409 : isRefused ? 422 : 200,
      data: await describeForm(graph, post, {
        timeZone,
        mayCode: may(request.user?.roles ?? [], 'posts.code'),
        files,
      }),
    })
  }
}

/** What a form has when nothing is stored of its post and nothing was sent. */
export const unsaved = {
  id: undefined,
  row: undefined,
  tagNames: [],
  authorNames: [],
  messages: [],
  problems: [],
  merge: undefined,
} as const
