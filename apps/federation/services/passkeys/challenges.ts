import { hashSecretId } from '@rose-ash/shared/secret-ids'
import { and, eq, gt, sql } from 'drizzle-orm'
import { type Database, passkeyChallenges } from '../../models/index.ts'

/** Challenges that browsers have been given: one a place at a time, good once, for five minutes. */
export interface Challenges {
  keep(place: string, challenge: string): Promise<void>
  take(place: string): Promise<string | undefined>
}

const minutes = 5

/** `place` names what it belongs to: an interaction, or the session of somebody who adds a passkey. */
export function createChallenges(database: Database): Challenges {
  return {
    async keep(place, challenge) {
      const row = { challenge, expiresAt: sql`now() + ${`${minutes} minutes`}::interval` }
      await database
        .insert(passkeyChallenges)
        .values({ placeHash: hashSecretId(place), ...row })
        .onConflictDoUpdate({ target: passkeyChallenges.placeHash, set: row })
    },
    async take(place) {
      const [taken] = await database
        .delete(passkeyChallenges)
        .where(
          and(
            eq(passkeyChallenges.placeHash, hashSecretId(place)),
            gt(passkeyChallenges.expiresAt, sql`now()`),
          ),
        )
        .returning({ challenge: passkeyChallenges.challenge })
      return taken?.challenge
    },
  }
}
