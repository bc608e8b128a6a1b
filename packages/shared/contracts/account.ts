import type { HeldRole } from './permissions.ts'
import type { CurrentUser } from './visitor.ts'

/** A role of one member: on the whole site when `container` is null. */
export interface RoleGrant extends HeldRole {
  readonly userId: string
}

/** What a member wants to be told of by mail, beside what concerns their account. */
export interface MailChoices {
  /** Of answers to their comments. */
  readonly ofAnswers: boolean
  /** Of comments on what they have written. */
  readonly ofComments: boolean
}

export interface AccountService {
  findUser(id: string): Promise<CurrentUser | undefined>
  findUserByEmail(email: string): Promise<CurrentUser | undefined>
  /** The account with this address, made if there is none. Email addresses differ without regard to case. */
  ensureUser(email: string): Promise<CurrentUser>
  /** Throws InvalidInputError when nothing of the name can be seen or it is longer than 80 characters. */
  rename(userId: string, displayName: string): Promise<void>
  /** Undefined when there is no such member. */
  findMailChoices(userId: string): Promise<MailChoices | undefined>
  /** What is left out stays as it is. Does nothing when there is no such member. */
  chooseMails(userId: string, choices: Partial<MailChoices>): Promise<void>
  /** Everybody who holds a role, by name. */
  listRoleHolders(): Promise<readonly CurrentUser[]>
  /**
   * Counts from the member's next request. True when they did not have it before. The caller has seen that
   * there is such a container. Throws InvalidInputError for a role that is not in the table or does not fit a
   * container, NotFoundError when there is no such member.
   */
  grantRole(grant: RoleGrant): Promise<boolean>
  /**
   * Counts from the member's next request. True when they had it before. Throws ConflictError when nobody
   * would be left who may give roles, InvalidInputError for a role that they do not hold and that is not
   * in the table.
   */
  revokeRole(grant: RoleGrant): Promise<boolean>
}
