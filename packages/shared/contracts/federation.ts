/** A member's public profile. */
export interface MemberProfile {
  readonly userId: string
  readonly username: string
  readonly displayName: string
  readonly summary: string
  readonly avatar: string | null
  /** Path on federation: `/@bakery`. */
  readonly path: string
  readonly memberSince: Date
}

export interface FederationService {
  findProfileByUser(userId: string): Promise<MemberProfile | undefined>
  findProfileByUsername(username: string): Promise<MemberProfile | undefined>
  listProfiles(options: { limit: number }): Promise<readonly MemberProfile[]>
  /**
   * Ends one sign-in everywhere: the authorization server's session, its grants and the sessions of
   * all six apps. Other devices stay signed in. Ending one that has ended changes nothing.
   */
  endLogin(loginId: string): Promise<void>
  /** Ends whatever sign-ins there are on one device, in the same way. */
  endDeviceLogins(deviceId: string): Promise<void>
  /** Ends all sign-ins of a member, on every device but, if given, that of one sign-in. */
  endUserLogins(userId: string, options?: { readonly except?: string }): Promise<void>
}
