import { createHash } from 'node:crypto'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ProviderAnswer } from './answer.ts'
import { allowFormTarget, sourceOf } from './form-target.ts'
import type { DeviceCodeError, ProviderPage } from './provider-pages.ts'

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly page: PageRenderer
  /** What stood in the address of a device's verification page. */
  readonly typedCode: string
}

/** Shows what the provider wants shown, in the platform's layout. */
export async function showPage(
  visit: Visit,
  { status, onward }: Pick<ProviderAnswer, 'status' | 'onward'>,
  asked: ProviderPage,
): Promise<FastifyReply> {
  const { request, reply, page } = visit
  if (asked.kind === 'problem' && !(request.headers.accept ?? '').includes('text/html')) {
    return reply.status(status).type('application/json').send(asked.problem)
  }
  if (asked.kind === 'signed-out' && onward) return reply.redirect(onward, 303)
  allowFormTarget(reply, onward)
  const { name, title, data, status: shown = 200 } = describe(asked, visit, status)
  return page(request, reply.header('referrer-policy', 'no-referrer'), {
    template: `pages/${name}`,
    title,
    isPrivate: true,
    status: shown,
    data,
  })
}

interface Described {
  readonly name: string
  readonly title: string
  readonly data: object
  readonly status?: number
}

function describe(asked: ProviderPage, visit: Visit, status: number): Described {
  switch (asked.kind) {
    case 'problem':
      return {
        name: 'sign-in-problem',
        title: 'This sign-in cannot go on',
        status,
        data: { isServerError: status >= 500, requestId: visit.request.id },
      }
    case 'sign-out':
      return { name: 'sign-out', title: 'Sign out?', data: asked }
    case 'signed-out':
      return { name: 'signed-out', title: 'You are signed out', data: {} }
    case 'device-code':
      return {
        name: 'device-code',
        title: 'Connect a device',
        status: asked.error && asked.error !== 'cancelled' ? 422 : 200,
        data: { ...asked, ...codeField(asked.error, visit.typedCode) },
      }
    case 'device-confirm':
      return { name: 'device-confirm', title: 'Is this your device?', data: asked }
    case 'device-done':
      return { name: 'device-done', title: 'Your device is connected', data: asked }
  }
}

const codeErrors: Readonly<Record<Exclude<DeviceCodeError, 'cancelled'>, string>> = {
  missing: 'Please type the code that the device shows.',
  unknown: 'No device is waiting with this code. Please compare it letter by letter.',
  expired: 'This code is too old. Have the device show a new one.',
  used: 'This code has been used already. Have the device show a new one.',
  failed: 'That did not work. Have the device show a new code.',
}

function codeField(error: DeviceCodeError | null, typed: string) {
  const isCancelled = error === 'cancelled'
  return { isCancelled, typed, error: error && error !== 'cancelled' ? codeErrors[error] : null }
}

/**
 * The answer of an app that has asked for it by `response_mode=form_post` (OAuth 2.0 Form Post
 * Response Mode): a form that sends itself to the app's own address, and may do nothing else.
 */
export function sendFormPost(reply: FastifyReply, html: string): FastifyReply {
  const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
  const action = /<form method="post" action="([^"]*)"/.exec(html)?.[1] ?? ''
  const hash = createHash('sha256').update(script).digest('base64')
  return reply
    .header(
      'content-security-policy',
      `default-src 'none'; script-src 'sha256-${hash}'; form-action ${sourceOf(action) ?? "'none'"}; frame-ancestors 'none'; base-uri 'none'`,
    )
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html)
}
