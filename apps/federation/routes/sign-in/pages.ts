import { type AppName } from '@rose-ash/shared/contracts/apps'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { KnownAccount } from '../../services/known-accounts.ts'
import type { OpenedLink, WaitingLink } from '../../services/magic-links.ts'
import type { PendingInteraction } from './interactions.ts'

/** Where a page stands: whose answer it is, and in which interaction. */
export interface Place {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly uid: string
  readonly app: AppName | undefined
}

export interface FormState {
  readonly email: string
  readonly error: string | null
  readonly status: number
}

/** What the first page knows besides: why somebody is here, and who they may be. */
export interface SignInContext {
  readonly pending: PendingInteraction
  readonly accounts: readonly KnownAccount[]
}

/** The pages of signing in. None of them holds a secret but the code that a person is to read. */
export interface SignInPages {
  form(place: Place, context: SignInContext, state: FormState): Promise<FastifyReply>
  sent(
    place: Place,
    waiting: WaitingLink,
    state: { codeError: string | null; notice: string | null; status: number },
  ): Promise<FastifyReply>
  link(
    place: Place,
    link: OpenedLink & { token: string; isSameBrowser: boolean },
  ): Promise<FastifyReply>
  code(place: Place, link: { code: string; askedFrom: string }): Promise<FastifyReply>
  /** The interaction or the link is over. */
  over(place: Place, what: 'interaction' | 'link'): Promise<FastifyReply>
}

export function createSignInPages(config: AppConfig, page: PageRenderer): SignInPages {
  const show = (place: Place, { name, title, status, data }: Shown) =>
    page(place.request, place.reply.header('referrer-policy', 'no-referrer'), {
      template: `pages/sign-in${name}`,
      title,
      status,
      isPrivate: true,
      data: {
        ...data,
        uid: place.uid,
        action: `/sign-in/${place.uid}`,
        from: place.app ?? null,
      },
    })
  const hostOf = (app: AppName | undefined) =>
    app && app !== 'federation' ? new URL(config.publicUrls[app]).host : null

  return {
    form: (place, context, state) =>
      show(place, {
        name: '',
        title: headingOf(context.pending),
        status: state.status,
        data: { ...describeSignIn(context, state), destination: hostOf(place.app) },
      }),
    sent: (place, { email, hasCode }, { codeError, notice, status }) =>
      show(place, {
        name: '-sent',
        title: 'Look into your mail',
        status,
        data: { email, hasCode, codeError, notice },
      }),
    link: (place, { email, token, askedFrom, requestedAt, isSameBrowser }) =>
      show(place, {
        name: '-link',
        title: isSameBrowser ? 'One press, and you are in' : 'A code for the other window',
        status: 200,
        data: { email, token, askedFrom, requestedAt, isSameBrowser },
      }),
    code: (place, { code, askedFrom }) =>
      show(place, {
        name: '-code',
        title: 'Your code',
        status: 200,
        data: { code: `${code.slice(0, 3)} ${code.slice(3)}`, askedFrom },
      }),
    over: (place, what) =>
      show(place, {
        name: '-over',
        title: what === 'link' ? 'This link is no longer good' : 'This page is over',
        status: 410,
        data: { isLink: what === 'link', app: place.app ?? 'blog' },
      }),
  }
}

interface Shown {
  readonly name: string
  readonly title: string
  readonly status: number
  readonly data: object
}

function headingOf({ isFresh, prompt }: PendingInteraction): string {
  if (isFresh) return 'Please show that it is you'
  return prompt === 'select_account' ? 'Choose an account' : 'Sign in'
}

function describeSignIn({ pending, accounts }: SignInContext, { email, error }: FormState) {
  const { account, isFresh, loginHint, client } = pending
  const canKeep = account !== undefined && pending.prompt === 'select_account'
  const others = accounts.filter(({ userId }) => userId !== account?.id)
  return {
    heading: headingOf(pending),
    email: email || (isFresh ? account?.email : loginHint) || '',
    emailLabel: others.length > 0 || canKeep ? 'Another email address' : 'Email',
    error,
    client: client?.name ?? null,
    account: account ?? null,
    isFresh,
    canKeep,
    accounts: isFresh ? [] : others,
  }
}
