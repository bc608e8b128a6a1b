import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AppName } from '@rose-ash/shared/contracts/apps'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { findFirstParty } from './clients.ts'
import { pageOf, type ProviderPage } from './provider-pages.ts'
import { consumeLeftCode } from './request-memory.ts'

/** What oidc-provider would have sent. Its headers are on the raw response already. */
export interface ProviderAnswer {
  readonly status: number
  readonly body: unknown
  /** What is shown here and not taken back to a client. */
  readonly page: ProviderPage | undefined
  /** A form that sends itself to the client. */
  readonly isFormPost: boolean
  /** An address of the client that this leads to: a redirect after a form may have to go there. */
  readonly onward: string | undefined
  /** When it goes back to one of our own apps. */
  readonly to: { readonly app: AppName; readonly state: string } | undefined
  /** The browser holds a session id that stands for nobody. */
  readonly isNobodysSession: boolean
}

export type AskProvider = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<ProviderAnswer>

/** Lets oidc-provider do all but send, so that its answers leave through Fastify like all others. */
export function answerWith(provider: Provider): AskProvider {
  const answers = new WeakMap<IncomingMessage, { answer: ProviderAnswer } | { error: unknown }>()
  provider.use(async (context, next) => {
    context.respond = false
    try {
      await next()
      await consumeLeftCode(context)
      answers.set(context.req, { answer: readAnswer(context) })
    } catch (error) {
      answers.set(context.req, { error })
    }
  })
  const handle = provider.callback()

  return async (request, response) => {
    await handle(request, response)
    const result = answers.get(request)
    if (!result) throw new Error('oidc-provider gave no answer')
    if ('error' in result) throw result.error
    return result.answer
  }
}

/** Without `oidc` when no route of the provider fits. */
type Context = Omit<KoaContextWithOIDC, 'oidc'> & Partial<Pick<KoaContextWithOIDC, 'oidc'>>

function readAnswer(context: Context): ProviderAnswer {
  const { oidc } = context
  const app = findFirstParty(oidc?.client?.clientId)
  const state = oidc?.params?.['state']
  return {
    status: context.status,
    body: bodyOf(context),
    page: pageOf(context.state) ?? (isAlreadyOut(oidc) ? { kind: 'signed-out' } : undefined),
    isFormPost: context.status === 200 && context.path.startsWith('/oauth/authorize'),
    onward: onwardOf(oidc),
    to: app && typeof state === 'string' ? { app, state } : undefined,
    isNobodysSession: oidc?.session !== undefined && !oidc.session.accountId && !oidc.session.state,
  }
}

/** Nobody was signed in: there is nothing to ask. */
function isAlreadyOut(oidc: Context['oidc']): boolean {
  return (
    oidc?.route === 'end_session' && !oidc.session?.accountId && oidc.session?.state !== undefined
  )
}

function onwardOf(oidc: Context['oidc']): string | undefined {
  const { postLogoutRedirectUri, state } = oidc?.session?.state ?? {}
  if (typeof postLogoutRedirectUri !== 'string') return undefined
  const url = new URL(postLogoutRedirectUri)
  if (typeof state === 'string') url.searchParams.set('state', state)
  return url.href
}

/** A device may ask every five seconds; RFC 8628, 3.2 says so unless told otherwise, and so do we. */
function bodyOf({ body, oidc }: Context): unknown {
  const isDevice = oidc?.route === 'device_authorization' && typeof body === 'object'
  return isDevice ? { ...body, interval: 5 } : body
}
