import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { Identity } from '@rose-ash/shared/infrastructure/sessions/identity'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import {
  requireFreshSignIn,
  SignInNeededError,
} from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { browserName } from '../../services/browser-name.ts'
import type { Passkeys } from '../../services/passkeys/passkeys.ts'
import type { AddingMember, Registration } from '../../services/passkeys/register.ts'
import type { TellOfPasskey } from './tell.ts'

export interface PasskeyPageOptions {
  readonly passkeys: Passkeys
  readonly registration: Registration
  readonly identity: Identity
  readonly page: PageRenderer
  readonly tell: TellOfPasskey
}

const passkeyForm = z.object({ passkey: z.string().min(1).max(1400) })
const nameForm = passkeyForm.extend({ name: z.string().max(1000) })
const addedForm = z.object({ credential: z.unknown() })

/** `/passkeys/`: for members who have just shown who they are. Adding one takes a script, the rest none. */
export async function passkeyRoutes(
  app: FastifyInstance,
  options: PasskeyPageOptions,
): Promise<void> {
  const { passkeys, registration, identity, page, tell } = options

  app.get('/passkeys/', async (request, reply) => {
    const user = requireFreshSignIn(request, identity)
    return page(request, reply, {
      template: 'pages/passkeys',
      title: 'Your passkeys',
      isPrivate: true,
      data: {
        crumbs: [
          { label: 'Your account', url: `${app.config.publicUrls.account}/` },
          { label: 'Your passkeys', url: null },
        ],
        passkeys: await passkeys.list(user.id),
      },
    })
  })

  app.post('/passkeys/options', (request) => registration.options(member(request)))

  app.post('/passkeys/', async (request, reply) => {
    const adding = member(request)
    const { data } = addedForm.safeParse(request.body)
    const guess = browserName(request.headers['user-agent']).replace(/^a /, 'A ')
    const name = await registration.finish(adding, data?.credential, guess)
    await tell({ user: adding.user, what: 'added', name, request })
    addNotice(reply, { tone: 'success', text: 'The passkey is added. You can sign in with it.' })
    return reply.status(201).send({ location: '/passkeys/' })
  })

  app.post('/passkeys/rename', async (request, reply) => {
    const { user } = formSender(request, reply)
    const { data } = nameForm.safeParse(request.body)
    const isTheirs = data && (await passkeys.rename(user.id, data.passkey, data.name))
    if (!isTheirs) throw new NotFoundError('There is no such passkey of yours.')
    addNotice(reply, { tone: 'success', text: 'The name is saved.' })
    return reply.redirect('/passkeys/', 303)
  })

  app.post('/passkeys/remove', async (request, reply) => {
    const { user } = formSender(request, reply)
    const { data } = passkeyForm.safeParse(request.body)
    const name = data && (await passkeys.remove(user.id, data.passkey))
    if (name === undefined) throw new NotFoundError('There is no such passkey of yours.')
    await tell({ user, what: 'removed', name, request })
    addNotice(reply, { tone: 'success', text: `${name} is removed. It signs nobody in any more.` })
    return reply.redirect('/passkeys/', 303)
  })

  function member(request: FastifyRequest): AddingMember {
    const user = requireFreshSignIn(request, identity)
    return { user, loginId: identity.loginIdOf(request) ?? '' }
  }

  /** Whoever sends a form too late is led to a fresh sign-in, and back. */
  function formSender(request: FastifyRequest, reply: FastifyReply): AddingMember {
    try {
      return member(request)
    } catch {
      addNotice(reply, { tone: 'warning', text: tooLate })
      throw new SignInNeededError('/auth/login?next=/passkeys/&fresh=1')
    }
  }
}

const tooLate = 'Nothing is changed: your sign-in was too long ago. Please do it once more.'
