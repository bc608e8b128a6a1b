import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedDatabaseError, useOwnDatabase } from './errors.ts'

/** The system user that PostgreSQL runs as. */
export interface Account {
  readonly name: string
  /** Set when it is not the user of this process: PostgreSQL refuses to run as root. */
  readonly identity?: { readonly uid: number; readonly gid: number }
}

const run = promisify(execFile)

/**
 * An ordinary user runs PostgreSQL as itself. Root takes, in this order, the owner of a cluster
 * that is already in `dataFolder`, the owner of the folder it would be made in (so that a start
 * with sudo and a later one without get on), and a user made for such things.
 */
export async function chooseAccount(dataFolder: string): Promise<Account> {
  if (process.getuid?.() !== 0) return { name: ownName() }
  const owner = await nearestOwner(`${dataFolder}/cluster/data`)
  const account =
    (owner === 0 ? undefined : await findAccount(owner)) ??
    (await findAccount('postgres')) ??
    (await findAccount('_postgres')) ??
    (await findAccount('nobody'))
  if (account !== undefined) return account
  throw new EmbeddedDatabaseError(
    'PostgreSQL does not run as root, and this system has no user named postgres or nobody to ' +
      `run it as. Start as an ordinary user. ${useOwnDatabase}`,
  )
}

function ownName(): string {
  try {
    return userInfo().username
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The user with the number ${process.getuid?.()} has no entry in /etc/passwd, and PostgreSQL ` +
        `does not run without one. Add an entry, or start as another user. ${useOwnDatabase}`,
      { cause },
    )
  }
}

async function nearestOwner(path: string): Promise<number> {
  try {
    return (await stat(path)).uid
  } catch {
    return path === dirname(path) ? 0 : nearestOwner(dirname(path))
  }
}

async function findAccount(user: string | number): Promise<Account | undefined> {
  try {
    const [name, uid, gid] = await Promise.all(
      ['-nu', '-u', '-g'].map(async (flag) => (await run('id', [flag, `${user}`])).stdout.trim()),
    )
    // macOS writes the number of nobody, -2, without its sign; spawn wants it with one.
    return { name: name ?? `${user}`, identity: { uid: Number(uid) | 0, gid: Number(gid) | 0 } }
  } catch {
    return undefined
  }
}
