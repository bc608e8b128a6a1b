import { and, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { oidcKeys, type Transaction } from '../../models/index.ts'
import { addFirstKey } from './load.ts'
import {
  addKey,
  type KeyOptions,
  type KeySet,
  readKeySet,
  type SigningKey,
  withLockedKeys,
} from './stored-keys.ts'

const day = 86_400_000

/** Whoever keeps a copy of the published keys has the next one before it signs. */
const leastMillisecondsAsNext = day
const millisecondsOfSigning = 90 * day
/** Sessions last 90 days, and an old ID token may be shown as `id_token_hint`. */
const millisecondsAsRetired = 100 * day
/** As next, as current and as retired. */
const longestLife = 2 * millisecondsOfSigning + millisecondsAsRetired

export interface RotationOptions extends KeyOptions {
  readonly now?: Date
  /**
   * For a key that has leaked: the next one signs at once. After `revoke`, what has signed until now
   * is not published any more, so that no token of it counts.
   */
  readonly force?: 'retire' | 'revoke' | undefined
  /** Refuses to begin anew where there are keys of another SECRET_KEY only. */
  readonly mustOpen?: boolean
}

export interface Rotation {
  /** Ids of the keys after it. */
  readonly current: string
  readonly next: string
  /** Whether `current` signs from now on only. */
  readonly isNew: boolean
}

/** Nothing was changed: SECRET_KEY is not the one that the keys were made under. */
export class ClosedKeysError extends Error {
  override name = 'ClosedKeysError'
}

/**
 * Takes each key to its next place in life when it is time: next for a day at least, current for 90
 * days, then published for 100 more, then gone. Any number of processes may run it at any time.
 */
export function rotateSigningKeys(options: RotationOptions): Promise<Rotation> {
  const { now = new Date(), force, mustOpen = false } = options
  return withLockedKeys(options, async (transaction) => {
    const keySet = await readKeySet(transaction, options)
    if (mustOpen && keySet.closed.length > 0 && !keySet.current) {
      throw new ClosedKeysError(
        'None of the signing keys was made under this SECRET_KEY, so nothing was changed. Set the one that the apps have.',
      )
    }
    const current = keySet.current ?? (await addFirstKey(transaction, options, now))
    const addNext = () => addKey(transaction, options, { createdAt: now, signsSince: null })
    const next = keySet.next ?? (await addNext())
    const isNew = force !== undefined || isDue(current, next, now)
    if (isNew) {
      await promote(transaction, next, now)
      await retire(transaction, { ...keySet, current }, options)
      options.log.info({ kid: next.kid, replaced: current.kid, force }, 'a new key signs')
    }
    await removeOld(transaction, keySet, now)
    if (!isNew) return { current: current.kid, next: next.kid, isNew }
    return { current: next.kid, next: (await addNext()).kid, isNew }
  })
}

function isDue(current: SigningKey, next: SigningKey, now: Date): boolean {
  const signedFor = now.getTime() - (current.signsSince ?? now).getTime()
  const publishedFor = now.getTime() - next.createdAt.getTime()
  return signedFor >= millisecondsOfSigning && publishedFor >= leastMillisecondsAsNext
}

async function promote(transaction: Transaction, { kid }: SigningKey, now: Date): Promise<void> {
  await transaction.update(oidcKeys).set({ signsSince: now }).where(eq(oidcKeys.kid, kid))
}

async function retire(
  transaction: Transaction,
  { current, retired }: KeySet & { current: SigningKey },
  { force, now = new Date() }: RotationOptions,
): Promise<void> {
  const signers = [current, ...retired].map(({ kid }) => kid)
  if (force === 'revoke') {
    await transaction.delete(oidcKeys).where(inArray(oidcKeys.kid, signers))
    return
  }
  await transaction
    .update(oidcKeys)
    .set({ retiredAt: now })
    .where(and(inArray(oidcKeys.kid, signers), isNull(oidcKeys.retiredAt)))
}

/** Of those that do not open nothing is known but their age: by then nobody has a use for them. */
async function removeOld(transaction: Transaction, { closed }: KeySet, now: Date): Promise<void> {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds)
  await transaction
    .delete(oidcKeys)
    .where(
      or(
        lt(oidcKeys.retiredAt, before(millisecondsAsRetired)),
        and(inArray(oidcKeys.kid, [...closed]), lt(oidcKeys.createdAt, before(longestLife))),
      ),
    )
}
