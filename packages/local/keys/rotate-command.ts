import { parseArgs } from 'node:util'
import {
  type Rotation,
  type RotationOptions,
  rotateSigningKeys,
} from '@rose-ash/federation/oauth/keys/rotate'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { bringUpToDate } from '../bring-up-to-date.ts'
import { type CommandOptions, UsageError } from '../config/env.ts'
import { openDataFolder } from '../data-folder.ts'
import { withDatabase } from '../with-database.ts'

/**
 * Rotates as the words behind `pnpm keys:rotate` say, and returns a sentence for who typed them.
 * Throws UsageError, ClosedKeysError and EmbeddedDatabaseError, which have changed nothing.
 */
export async function runRotateCommand(options: CommandOptions): Promise<string> {
  const force = parseForce(options.words)
  return withDatabase(options, async (url) => describeRotation(await rotate(url, options, force)))
}

function parseForce(words: readonly string[]): RotationOptions['force'] {
  const usage = `Usage: pnpm keys:rotate [--now [--revoke]]
  --now     the next key signs at once, whatever their age
  --revoke  and the keys before it are not published any more: after a leak`
  // `pnpm keys:rotate -- --now` hands the two dashes on.
  const args = words.filter((word) => word !== '--')
  const flag = { type: 'boolean', default: false } as const
  try {
    const { now, revoke } = parseArgs({ args, options: { now: flag, revoke: flag } }).values
    if (revoke && !now) throw new UsageError(`--revoke goes with --now.\n${usage}`)
    if (revoke) return 'revoke'
    return now ? 'retire' : undefined
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new UsageError(usage, { cause })
  }
}

async function rotate(
  url: string,
  options: CommandOptions,
  force: RotationOptions['force'],
): Promise<Rotation> {
  await bringUpToDate(url, options)
  await using connection = createDatabase({ url, applicationName: 'rose-ash keys', poolSize: 1 })
  return rotateSigningKeys({
    database: connection.database,
    encryptionKey: deriveKey(secretKeyOf(options), 'oidc-keys'),
    log: createLog({ app: 'federation', level: 'silent' }),
    force,
    mustOpen: true,
  })
}

/** As the apps find it: `pnpm start` on the embedded database takes no other than its own. */
function secretKeyOf({ databaseUrl, secretKey, dataFolder, mediaFolder }: CommandOptions): string {
  if (databaseUrl && secretKey) return secretKey
  return openDataFolder(dataFolder, mediaFolder).secretKey
}

function describeRotation({ isNew, current, next }: Rotation): string {
  return isNew
    ? `${current} signs now; every process uses it within a minute. ${next} will be next.`
    : `${current} signs as before. ${next} will be next. With --now it signs at once.`
}
