import type { CurrentUser } from './visitor.ts'

export interface AccountService {
  findUser(id: string): Promise<CurrentUser | undefined>
  findUserByEmail(email: string): Promise<CurrentUser | undefined>
  /** The account with this address, made if there is none. Email addresses differ without regard to case. */
  ensureUser(email: string): Promise<CurrentUser>
  /** Throws InvalidInputError when nothing of the name can be seen or it is longer than 80 characters. */
  rename(userId: string, displayName: string): Promise<void>
}
