import type { RoleGrant } from '@rose-ash/shared/contracts/account'
import { readEmailAddress } from '@rose-ash/shared/contracts/email-address'
import { isRole, roleNames, roles } from '@rose-ash/shared/contracts/permissions'
import type { Services } from '@rose-ash/shared/contracts/services'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import { z } from 'zod'
import { titleOf } from './describe-holders.ts'

/** As typed. `page` is a slug; nothing stands for the whole site. */
export interface RoleDraft {
  readonly email: string
  readonly role: string
  readonly page: string
}

/** Sentences, by the field they belong to. */
export type RoleProblems = Partial<Record<keyof RoleDraft, string>>

export interface CheckedRole {
  readonly grant: RoleGrant
  readonly user: CurrentUser
  /** The role and where, in words. */
  readonly words: string
}

export const blankDraft: RoleDraft = { email: '', role: '', page: '' }

const text = z.string().max(1000).catch('')
const draftSchema = z.object({ email: text, role: text, page: text }).catch(blankDraft)

/** A field that is not there is one in which nothing was typed. */
export function readDraft(body: unknown): RoleDraft {
  return draftSchema.parse(body)
}

/** All problems at once, or what the draft means. */
export async function checkDraft(
  draft: RoleDraft,
  { account, blog }: Pick<Services, 'account' | 'blog'>,
): Promise<CheckedRole | { readonly problems: RoleProblems }> {
  const email = readEmailAddress(draft.email)
  const role = isRole(draft.role) ? draft.role : undefined
  const slug = draft.page.trim().replace(/^\/+|\/+$/g, '')
  const [user, page] = await Promise.all([
    email ? account.findUserByEmail(email) : undefined,
    slug ? blog.findPageBySlug(slug) : undefined,
  ])
  const problems: RoleProblems = {
    ...(email ? {} : { email: 'Please type an email address.' }),
    ...(email && !user ? { email: noAccount } : {}),
    ...(role ? {} : { role: 'Please choose a role.' }),
    ...(slug && !page ? { page: 'There is no published page of that name.' } : {}),
    ...(page && role && !roles[role].fitsContainer
      ? { page: `${titleOf(role)} is for the whole site: please leave this empty.` }
      : {}),
  }
  if (!user || !role || Object.keys(problems).length > 0) return { problems }
  const container = page ? { type: page.type, id: page.id } : null
  const words = `the role ${titleOf(role)}${page ? ` for the page “${page.title}”` : ''}`
  return { grant: { userId: user.id, role, container }, user, words }
}

const noAccount =
  'Nobody has an account with this address. They have to sign in once before they can be given a role.'

/** What the form's template needs. */
export function describeForm(draft: RoleDraft, problems: RoleProblems): object {
  return {
    draft,
    problems: { email: null, role: null, page: null, ...problems },
    choices: roleNames.map((name) => ({
      value: name,
      title: titleOf(name),
      label: roles[name].label,
      isChosen: name === draft.role,
    })),
  }
}

const takenSchema = z.object({
  user: z.uuid(),
  role: z.string().max(100),
  page: z.union([z.literal('').transform(() => null), z.uuid()]),
})

/** The role that a button takes away; undefined when the form is not ours. */
export function readTaken(body: unknown): RoleGrant | undefined {
  const { data } = takenSchema.safeParse(body)
  if (!data) return undefined
  const { user: userId, role, page } = data
  return { userId, role, container: page ? { type: 'page', id: page } : null }
}
