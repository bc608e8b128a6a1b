import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { InvalidInputError, NotFoundError, PlatformError } from '../../contracts/errors.ts'
import { SignInNeededError } from '../sign-on/require-user.ts'
import type { PageRenderer } from '../view/page.ts'

interface ShownError {
  readonly status: number
  readonly title: string
  readonly message: string
}

const titles: Readonly<Record<number, string>> = {
  400: 'That did not fit',
  401: 'Please sign in',
  403: 'This is not open to you',
  404: 'There is nothing here',
  405: 'That cannot be done here',
  409: 'Something changed meanwhile',
  413: 'That is too large',
  415: 'We cannot read that kind of file',
  429: 'A little slower, please',
  500: 'Something went wrong on our side',
  503: 'We are catching our breath',
}

const hiddenMessage =
  'It is not your fault, and we have a note of it. Please try again in a moment.'

const unstorableMessage = 'There is a character in it that we cannot keep.'

/** One handler for all: a page, JSON (RFC 9457) or plain text by `Accept`; logged once. */
export function addErrorHandling(app: FastifyInstance, page: PageRenderer): void {
  app.setNotFoundHandler(() => {
    throw new NotFoundError('The address may be mistyped, or the page has moved.')
  })

  app.setErrorHandler(async (error: FastifyError | PlatformError, request, reply) => {
    if (error instanceof SignInNeededError && error.signInPath) {
      return reply.redirect(error.signInPath, 303)
    }
    const shown = describeError(error)
    const level = shown.status >= 500 ? 'error' : 'debug'
    request.log[level]({ err: error }, 'request failed')
    return sendError(request, reply, { shown, page })
  })
}

function describeError(error: FastifyError | PlatformError): ShownError {
  if (isUnstorableText(error)) return describeError(new InvalidInputError(unstorableMessage))
  const status = error instanceof PlatformError ? error.status : (error.statusCode ?? 500)
  const title = titles[status] ?? titles[status >= 500 ? 500 : 400]!
  const isOurs = error instanceof PlatformError || status === 400
  const message = status < 500 && isOurs ? error.message : status < 500 ? title : hiddenMessage
  return { status, title, message }
}

/** Somebody sent a character that PostgreSQL has no place for, which is zero (character_not_in_repertoire). */
function isUnstorableText({ cause }: Error): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '22021'
}

async function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  { shown, page }: { shown: ShownError; page: PageRenderer },
): Promise<FastifyReply> {
  const wantsPage = (request.headers.accept ?? '').includes('text/html')
  if (!wantsPage || request.url.startsWith('/internal/')) {
    return reply.status(shown.status).type('application/problem+json').send({
      status: shown.status,
      title: shown.title,
      detail: shown.message,
      instance: request.id,
    })
  }
  try {
    return await page(request, reply, {
      template: 'pages/error',
      title: shown.title,
      isPrivate: true,
      status: shown.status,
      data: { ...shown, requestId: request.id, path: request.url },
    })
  } catch (error) {
    request.log.error({ err: error }, 'the error page failed too')
    return reply
      .status(shown.status)
      .type('text/html; charset=utf-8')
      .send(`<!doctype html><title>${shown.title}</title><h1>${shown.title}</h1>`)
  }
}
