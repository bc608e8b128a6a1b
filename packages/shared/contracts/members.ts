/** What somebody has beside an account: it decides what they may read. */
export interface Standing {
  /** Whether they hold a paid tier, bought or given. */
  readonly isPaying: boolean
  readonly tierIds: readonly string[]
}

export const noStanding: Standing = { isPaying: false, tierIds: [] }

export interface MembersService {
  standingOf(userId: string): Promise<Standing>
}
