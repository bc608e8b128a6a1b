import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { UnsubscribeLinks } from '../../services/comment-mails/unsubscribe-links.ts'

interface Options {
  readonly page: PageRenderer
  readonly links: UnsubscribeLinks
}

const asked = z.object({ member: z.uuid(), key: z.string().max(100) })

/**
 * `/mails/comments/`: no more mails about comments, for whoever has such a mail, signed in or not. GET
 * changes nothing, since programs look at links in mails; POST needs no more than the address (RFC 8058).
 */
export async function mailRoutes(app: FastifyInstance, { page, links }: Options): Promise<void> {
  const { account } = app.services

  // Mail programs may send their one field as either kind of form. What is in it does not matter.
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: 10_000 },
    async () => ({}),
  )

  app.get('/mails/comments/', async (request, reply) => {
    const member = readMember(request)
    const choices = await account.findMailChoices(member)
    return send({ request, reply }, { member, wantsMails: choices?.ofComments ?? false })
  })

  app.post('/mails/comments/', async (request, reply) => {
    const member = readMember(request)
    await account.chooseMails(member, { ofComments: false })
    return send({ request, reply }, { member, wantsMails: false })
  })

  /** Throws NotFoundError for an address that was not given out. */
  function readMember(request: FastifyRequest): string {
    const parsed = asked.safeParse(request.query)
    if (parsed.success && links.isGood(parsed.data)) return parsed.data.member
    throw new NotFoundError(
      'This link is not whole. Please open it from the mail again, or look at your details.',
    )
  }

  function send(
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    { member, wantsMails }: { readonly member: string; readonly wantsMails: boolean },
  ): Promise<FastifyReply> {
    return page(request, reply.header('referrer-policy', 'no-referrer'), {
      template: 'pages/mails',
      title: 'Mails about comments',
      isPrivate: true,
      data: { wantsMails, action: links.create(member) },
    })
  }
}
