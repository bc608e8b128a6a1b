import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type {
  GivenLink,
  MailKind,
  UnsubscribeLinks,
} from '../../services/comment-mails/unsubscribe-links.ts'

interface Options {
  readonly page: PageRenderer
  readonly links: UnsubscribeLinks
}

const asked = z.object({
  member: z.uuid(),
  about: z.enum(['answer', 'post', 'both']).default('both'),
  key: z.string().max(100),
})

const answered = 'somebody answers a comment of yours'
const commented = 'comments on what you have written'
const words: Readonly<Record<MailKind, { readonly when: string; readonly noMore: string }>> = {
  answer: { when: `${answered}.`, noMore: 'answers to your comments' },
  post: { when: `somebody ${commented}.`, noMore: commented },
  both: { when: `${answered}, or ${commented}.`, noMore: 'comments' },
}

/**
 * `/mails/comments/`: no more mails about comments, or about one kind of them, for whoever has such a mail, signed in or not. GET
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
    const link = readLink(request)
    const choices = await account.findMailChoices(link.member)
    const wants = { answer: choices?.ofAnswers ?? false, post: choices?.ofComments ?? false }
    const wantsMails = link.about === 'both' ? wants.answer || wants.post : wants[link.about]
    return send({ request, reply }, link, wantsMails)
  })

  app.post('/mails/comments/', async (request, reply) => {
    const link = readLink(request)
    await account.chooseMails(link.member, {
      ...(link.about !== 'post' && { ofAnswers: false }),
      ...(link.about !== 'answer' && { ofComments: false }),
    })
    return send({ request, reply }, link, false)
  })

  /** Throws NotFoundError for an address that was not given out. */
  function readLink(request: FastifyRequest): GivenLink {
    const parsed = asked.safeParse(request.query)
    if (parsed.success && links.isGood(parsed.data)) return parsed.data
    throw new NotFoundError(
      'This link is not whole. Please open it from the mail again, or look at your details.',
    )
  }

  function send(
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    { member, about }: GivenLink,
    wantsMails: boolean,
  ): Promise<FastifyReply> {
    return page(request, reply.header('referrer-policy', 'no-referrer'), {
      template: 'pages/mails',
      title: 'Mails about comments',
      isPrivate: true,
      data: {
        wantsMails,
        action: links.create(member, about),
        ...words[about],
      },
    })
  }
}
