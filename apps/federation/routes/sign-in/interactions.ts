import type { Services } from '@rose-ash/shared/contracts/services'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import type { FastifyReply } from 'fastify'
import { errors, type InteractionResults } from 'oidc-provider'
import { findFirstParty } from '../../oauth/clients.ts'
import { allowFormTarget } from '../../oauth/form-target.ts'
import { mayStay } from '../../oauth/grants.ts'
import type { ProviderSource } from '../../oauth/provider-source.ts'
import type { Place } from './pages.ts'

/** How somebody has shown who they are. */
export type SignInMethod = 'email' | 'passkey'

export interface PendingClient {
  readonly name: string
  /** Its own page. */
  readonly uri: string | undefined
  /** Whether it stays signed in when the browser no longer is. */
  readonly isLasting: boolean
}

/** What the authorization server waits for: somebody on the way to an app. */
export interface PendingInteraction {
  readonly prompt: string
  /** An app of somebody else; undefined for our own. */
  readonly client: PendingClient | undefined
  /** Where the app gets its answer. */
  readonly redirectUri: string | undefined
  /** Who is signed in in this browser already. */
  readonly account: CurrentUser | undefined
  /** They are, and are to show it once more. */
  readonly isFresh: boolean
  /** An address that the app expects (`login_hint`). */
  readonly loginHint: string
  /** What the app asks for and has not been given. */
  readonly missingScopes: readonly string[]
}

export interface Interactions {
  /**
   * The interaction that the page belongs to, when this browser began it and it is not over. The
   * page's forms may then lead on to the app.
   */
  find(place: Place): Promise<PendingInteraction | undefined>
  /** `find`, for those who only want to know whether. */
  isHere(place: Place): Promise<boolean>
  /** Who they are is known: signs them in. Returns where to go on. */
  signIn(place: Place, userId: string, method: SignInMethod): Promise<string>
  /** Signs in the owner of an address, with an account made if need be, and sends them on. */
  finish(place: Place, email: string): Promise<FastifyReply>
  /** Ends the interaction in another way, and sends them on. */
  end(place: Place, result: InteractionResults): Promise<FastifyReply>
}

/** RFC 8176. */
const methodReferences = { email: ['otp'], passkey: ['hwk', 'user'] } as const

export function createInteractions(source: ProviderSource, services: Services): Interactions {
  /** A browser is signed in as one person: another one's sign-in ends, here and at all six apps. */
  async function endOthers({ request, reply }: Place, userId: string): Promise<void> {
    const provider = await source.get()
    const context = provider.createContext(request.raw, reply.raw)
    const session = await provider.Session.get(context)
    if (session.accountId && session.accountId !== userId) {
      await services.federation.endLogin(session.uid)
    }
  }

  async function resume({ request, reply }: Place, result: InteractionResults): Promise<string> {
    const provider = await source.get()
    return provider.interactionResult(request.raw, reply.raw, result, {
      mergeWithLastSubmission: false,
    })
  }

  async function load({ request, reply, uid }: Place) {
    const provider = await source.get()
    try {
      const interaction = await provider.interactionDetails(request.raw, reply.raw)
      return interaction.uid === uid ? { provider, interaction } : undefined
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined
      throw error
    }
  }

  const interactions: Interactions = {
    async find(place) {
      const loaded = await load(place)
      if (!loaded) return undefined
      const { provider, interaction } = loaded
      const { params, prompt, session } = interaction
      const clientId = String(params['client_id'])
      const client = await provider.Client.find(clientId)
      if (!client) return undefined
      const redirectUri = textOf(params['redirect_uri'])
      allowFormTarget(place.reply, redirectUri)
      const account = session?.accountId
        ? await services.account.findUser(session.accountId)
        : undefined
      return {
        prompt: prompt.name,
        client: findFirstParty(clientId)
          ? undefined
          : {
              name: client.clientName ?? clientId,
              uri: client.clientUri,
              isLasting: mayStay(client),
            },
        redirectUri,
        account,
        isFresh: account !== undefined && prompt.name === 'login',
        loginHint: textOf(params['login_hint']) ?? '',
        missingScopes: (prompt.details['missingOIDCScope'] as string[] | undefined) ?? [],
      }
    },

    isHere: async (place) => (await interactions.find(place)) !== undefined,

    async signIn(place, userId, method) {
      await endOthers(place, userId)
      const login = { accountId: userId, amr: [...methodReferences[method]], remember: true }
      // Whoever has just said who they are has chosen an account too.
      return resume(place, { login, select_account: {} })
    },

    async finish(place, email) {
      const user = await services.account.ensureUser(email)
      return place.reply.redirect(await interactions.signIn(place, user.id, 'email'), 303)
    },

    end: async (place, result) => place.reply.redirect(await resume(place, result), 303),
  }
  return interactions
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
