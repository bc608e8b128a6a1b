/** `web` keeps a secret on a server; the others cannot keep one. */
export type ClientAppKind = 'web' | 'browser' | 'native' | 'device'

/** An app of somebody else that members may sign in to: an OAuth client (RFC 6749). */
export interface ClientApp {
  /** The client id. */
  readonly id: string
  readonly name: string
  readonly kind: ClientAppKind
  readonly homepage: string | null
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly backchannelLogoutUri: string | null
  /** Whether it stays signed in when its user's browser no longer is. */
  readonly mayStay: boolean
  readonly createdAt: Date
}

/** A registration form as it was filled in. Addresses: one a line. */
export interface ClientAppDraft {
  readonly name: string
  readonly kind: string
  readonly homepage: string
  readonly redirectUris: string
  readonly postLogoutRedirectUris: string
  readonly backchannelLogoutUri: string
  readonly mayStay: boolean
}

export type ClientAppField = keyof ClientAppDraft

/** What is wrong with a draft, by field. */
export type ClientAppProblems = Partial<Record<ClientAppField, string>>

/** An app that a member has let in. */
export interface LetInApp {
  readonly clientId: string
  readonly name: string
  readonly homepage: string | null
  /** OAuth scopes, as they were granted. */
  readonly scopes: readonly string[]
  readonly since: Date
  readonly usedAt: Date
}

export type Registered =
  | { readonly status: 'registered'; readonly app: ClientApp; readonly secret: string | null }
  | { readonly status: 'refused'; readonly problems: ClientAppProblems }

export type Changed =
  | { readonly status: 'changed' }
  | { readonly status: 'refused'; readonly problems: ClientAppProblems }

export interface ClientAppsService {
  /** Oldest first. */
  listOwn(ownerId: string): Promise<readonly ClientApp[]>
  findOwn(ownerId: string, id: string): Promise<ClientApp | undefined>
  /** The secret is told once and kept as a hash; null for apps that cannot keep one. */
  register(ownerId: string, draft: ClientAppDraft): Promise<Registered>
  /** The kind stays as it is. Throws NotFoundError when it is not theirs. */
  change(ownerId: string, id: string, draft: ClientAppDraft): Promise<Changed>
  /** The secret of before is no longer good. Throws NotFoundError, and ConflictError without a secret. */
  renewSecret(ownerId: string, id: string): Promise<string>
  /** Whoever has let it in is rid of it. Removing it again changes nothing. */
  remove(ownerId: string, id: string): Promise<void>
  /** Apps that a member has let in and not taken back, the last used first. */
  listLetIn(userId: string): Promise<readonly LetInApp[]>
  /** Takes back what the app was given: codes and tokens of all its sign-ins are dead at once. */
  takeBack(userId: string, clientId: string): Promise<void>
}
