import type { Configuration, ErrorOut, KoaContextWithOIDC } from 'oidc-provider'

/** A page that the provider wants shown. It renders none: the Fastify route does. */
export type ProviderPage =
  | { readonly kind: 'problem'; readonly problem: ErrorOut }
  | { readonly kind: 'sign-out'; readonly xsrf: string; readonly client: string | undefined }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'device-code'; readonly xsrf: string; readonly error: DeviceCodeError | null }
  | {
      readonly kind: 'device-confirm'
      readonly xsrf: string
      readonly userCode: string
      readonly client: string
    }
  | { readonly kind: 'device-done'; readonly client: string }

/** Why a code cannot be gone on with. */
export type DeviceCodeError = 'missing' | 'unknown' | 'expired' | 'used' | 'cancelled' | 'failed'

export function askForPage(context: KoaContextWithOIDC, page: ProviderPage): void {
  context.state['page'] = page
}

export function pageOf(state: object): ProviderPage | undefined {
  return (state as { page?: ProviderPage }).page
}

export const deviceFlow = {
  enabled: true,
  charset: 'base-20',
  mask: '****-****',
  async userCodeInputSource(...[context, , , error]) {
    askForPage(context, {
      kind: 'device-code',
      xsrf: xsrfOf(context),
      error: error ? (deviceErrors[error.name] ?? 'failed') : null,
    })
  },
  async userCodeConfirmSource(...[context, , client, , userCode]) {
    askForPage(context, {
      kind: 'device-confirm',
      xsrf: xsrfOf(context),
      userCode,
      client: client.clientName ?? client.clientId,
    })
  },
  async successSource(context) {
    const { client } = context.oidc
    askForPage(context, { kind: 'device-done', client: client?.clientName ?? 'The app' })
  },
} satisfies NonNullable<Configuration['features']>['deviceFlow']

const deviceErrors: Readonly<Record<string, DeviceCodeError>> = {
  NoCodeError: 'missing',
  NotFoundError: 'unknown',
  ExpiredError: 'expired',
  AlreadyUsedError: 'used',
  AbortedError: 'cancelled',
}

export const rpInitiatedLogout = {
  enabled: true,
  async logoutSource(context) {
    const { client } = context.oidc
    askForPage(context, { kind: 'sign-out', xsrf: xsrfOf(context), client: client?.clientName })
  },
  async postLogoutSuccessSource(context) {
    askForPage(context, { kind: 'signed-out' })
  },
} satisfies NonNullable<Configuration['features']>['rpInitiatedLogout']

/** The provider's own protection of its forms. */
function xsrfOf(context: KoaContextWithOIDC): string {
  const secret = context.oidc.session?.state?.['secret']
  return typeof secret === 'string' ? secret : ''
}
