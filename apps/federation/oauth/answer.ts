import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AppName } from '@rose-ash/shared/contracts/apps'
import type { ErrorOut, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { findFirstParty } from './clients.ts'

/** What oidc-provider would have sent. Its headers are on the raw response already. */
export interface ProviderAnswer {
  readonly status: number
  readonly body: unknown
  /** An error that is shown here and not taken back to a client. */
  readonly problem: ErrorOut | undefined
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
  const problem = context.state['problem'] as ErrorOut | undefined
  return {
    status: context.status,
    body: context.body,
    problem,
    to: app && typeof state === 'string' ? { app, state } : undefined,
    isNobodysSession: oidc?.session !== undefined && !oidc.session.accountId && !oidc.session.state,
  }
}
