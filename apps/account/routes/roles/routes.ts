import { ConflictError, InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import { may } from '@rose-ash/shared/contracts/permissions'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import type { Identity } from '@rose-ash/shared/infrastructure/sessions/identity'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import {
  requireFreshSignIn,
  requirePermission,
  SignInNeededError,
} from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { accountNavigation } from '../dashboard/routes.ts'
import { describeHolders, titleOf } from './describe-holders.ts'
import {
  blankDraft,
  checkDraft,
  describeForm,
  type RoleDraft,
  type RoleProblems,
  readDraft,
  readTaken,
} from './form.ts'

interface Options {
  readonly identity: Identity
  readonly page: PageRenderer
}

interface Shown {
  readonly draft?: RoleDraft
  readonly problems?: RoleProblems
  /** Why a role was not taken away. */
  readonly refusal?: string
}

/** `/roles/`: who looks after what, for those who may give roles and have just shown who they are. */
export async function roleRoutes(app: FastifyInstance, { identity, page }: Options): Promise<void> {
  const { account, blog } = app.services

  app.get('/roles/', (request, reply) => {
    requireGiver(request, reply)
    return show(request, reply, {})
  })

  app.post('/roles/give', async (request, reply) => {
    const giver = requireGiver(request, reply)
    const draft = readDraft(request.body)
    const checked = await checkDraft(draft, app.services)
    if ('problems' in checked) return show(request, reply, { draft, problems: checked.problems })
    const { user, grant, words } = checked
    const isNew = await account.grantRole(grant)
    request.log.info({ ...grant, by: giver.id }, 'a role was given')
    const text = `${user.displayName} ${isNew ? 'now has' : 'already has'} ${words}.`
    addNotice(reply, { tone: 'success', text: text.slice(0, 300) })
    return reply.redirect('/roles/', 303)
  })

  app.post('/roles/take-away', async (request, reply) => {
    const taker = requireGiver(request, reply)
    const grant = readTaken(request.body)
    const holder = grant && (await account.findUser(grant.userId))
    if (!grant || !holder) throw new NotFoundError('Nobody here has that role.')
    try {
      await account.revokeRole(grant)
    } catch (error) {
      if (error instanceof InvalidInputError) throw new NotFoundError('Nobody here has that role.')
      if (!(error instanceof ConflictError)) throw error
      return show(request, reply, { refusal: error.message })
    }
    request.log.info({ ...grant, by: taker.id }, 'a role was taken away')
    const text = `${titleOf(grant.role)} is taken away from ${holder.displayName}.`
    addNotice(reply, { tone: 'success', text })
    const own = await account.findUser(taker.id)
    return reply.redirect(own && may(own.roles, 'roles.grant') ? '/roles/' : '/', 303)
  })

  /** Whoever sends a form too late is led to a fresh sign-in too, and back to an empty form. */
  function requireGiver(request: FastifyRequest, reply: FastifyReply): CurrentUser {
    requirePermission(request, 'roles.grant')
    try {
      return requireFreshSignIn(request, identity)
    } catch (error) {
      if (request.method !== 'POST') throw error
      addNotice(reply, { tone: 'warning', text: tooLate })
      throw new SignInNeededError('/auth/login?next=/roles/&fresh=1')
    }
  }

  async function show(request: FastifyRequest, reply: FastifyReply, shown: Shown) {
    const { draft = blankDraft, problems = {}, refusal = null } = shown
    const hasProblems = Object.keys(problems).length > 0
    const holders = await account.listRoleHolders()
    const held = await describeHolders(holders, { blog, ownId: request.user?.id })
    return page(request, reply, {
      template: 'pages/roles',
      title: 'Roles',
      isPrivate: true,
      status: refusal ? 409 : hasProblems ? 422 : 200,
      data: {
        current: 'roles',
        held,
        isAlone: held.every(({ isOwn }) => isOwn),
        refusal,
        ...describeForm(draft, problems),
      },
      fragments: accountNavigation,
    })
  }
}

const tooLate = 'Nothing is changed: your sign-in was too long ago. Please do it once more.'
