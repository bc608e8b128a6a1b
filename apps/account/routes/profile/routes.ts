import type { MailChoices } from '@rose-ash/shared/contracts/account'
import { InvalidInputError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requireUser } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { accountNavigation } from '../dashboard/routes.ts'

// A form that is not ours is one in which nothing was typed.
const formSchema = z.object({ displayName: z.string() }).catch({ displayName: '' })

const ticked = z.literal('yes').optional()
const mailsSchema = z.object({ answers: ticked, comments: ticked })

/** `/details/`: the name that others see, and what they are told of by mail. */
export async function profileRoutes(
  app: FastifyInstance,
  { page }: { readonly page: PageRenderer },
): Promise<void> {
  app.get('/details/', (request, reply) =>
    sendForm(request, reply, { displayName: requireUser(request).displayName, error: null }),
  )

  app.post('/details/', async (request, reply) => {
    const { displayName } = formSchema.parse(request.body)
    try {
      await app.services.account.rename(requireUser(request).id, displayName)
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error
      return sendForm(request, reply, { displayName, error: error.message })
    }
    addNotice(reply, { tone: 'success', text: 'Your name is saved.' })
    return reply.redirect('/details/', 303)
  })

  app.post('/details/mails', async (request, reply) => {
    const user = requireUser(request)
    const parsed = mailsSchema.safeParse(request.body ?? {})
    if (!parsed.success) throw new InvalidInputError('That form was not one of this page.')
    const choices = {
      ofAnswers: parsed.data.answers === 'yes',
      ofComments: parsed.data.comments === 'yes',
    }
    await app.services.account.chooseMails(user.id, choices)
    addNotice(reply, { tone: 'success', text: sentenceOf(choices) })
    return reply.redirect('/details/', 303)
  })

  async function sendForm(
    request: FastifyRequest,
    reply: FastifyReply,
    form: { readonly displayName: string; readonly error: string | null },
  ) {
    const choices = await app.services.account.findMailChoices(requireUser(request).id)
    const { ofAnswers = false, ofComments = false } = choices ?? {}
    return page(request, reply, {
      template: 'pages/details',
      title: 'Your details',
      isPrivate: true,
      status: form.error ? 422 : 200,
      data: { current: 'details', ...form, ofAnswers, ofComments },
      fragments: accountNavigation,
    })
  }
}

function sentenceOf({ ofAnswers, ofComments }: MailChoices): string {
  if (ofAnswers && ofComments) return 'You are told of answers and comments by mail.'
  if (ofAnswers) return 'You are told of answers to your comments by mail.'
  if (ofComments) return 'You are told of comments on what you have written by mail.'
  return 'You get no mails about comments any more.'
}
