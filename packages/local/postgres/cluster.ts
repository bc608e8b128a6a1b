import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { access, chown, mkdir, open, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Account } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'
import { EmbeddedDatabaseError } from './errors.ts'
import { makeFolder } from './make-folder.ts'

/** PostgreSQL's files for one installation, set up and ready to be served. */
export interface Cluster {
  /** Holds everything below, the log and the remembered port. */
  readonly folder: string
  /** What PostgreSQL calls its data directory. */
  readonly data: string
  readonly password: string
  /** Stays when the folder is moved, differs when it is copied. Told to the server as its name. */
  readonly id: string
}

export interface ClusterOptions {
  readonly dataFolder: string
  readonly durable: boolean
  readonly account: Account
  readonly binaries: PostgresBinaries
  readonly log: (message: string) => void
}

const majorVersion = '16'

/** Sets the cluster up if it is not there yet. A set-up that was interrupted leaves no trace. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const folder = await makeDataFolder(options)
  const target = join(folder, 'cluster')
  if (!existsSync(target)) {
    options.log('Setting up the database.')
    await makeFolder(target, (unfinished) => setUp(unfinished, options))
  }
  await checkVersion(join(target, 'data'))
  return readCluster(folder)
}

/** The cluster in this folder, if it has been set up. */
export async function findCluster(folder: string): Promise<Cluster | undefined> {
  return existsSync(join(folder, 'cluster')) ? readCluster(folder) : undefined
}

async function readCluster(folder: string): Promise<Cluster> {
  const data = join(folder, 'cluster/data')
  const { dev, ino } = await stat(data, { bigint: true })
  const password = await readFile(join(folder, 'cluster/password'), 'utf8')
  return { folder, data, password, id: `rose-ash-${dev}-${ino}` }
}

async function makeDataFolder({ dataFolder, account }: ClusterOptions): Promise<string> {
  try {
    const first = await mkdir(dataFolder, { recursive: true })
    // Made by root for somebody who may come back without being root.
    for (let path = dataFolder; path.length >= (first?.length ?? Infinity); path = dirname(path)) {
      await giveTo(account, path)
    }
    await access(dataFolder, constants.W_OK)
    return await realpath(dataFolder)
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The database would be kept in ${dataFolder}, but this user cannot write there.`,
      { cause },
    )
  }
}

async function setUp(folder: string, options: ClusterOptions): Promise<void> {
  const { account } = options
  const data = join(folder, 'data')
  await mkdir(data, { recursive: true, mode: 0o700 })
  await using password = await open(join(folder, 'password'), 'wx+', 0o600)
  // Random enough that stretching it would only slow every connection down.
  await password.writeFile(randomBytes(24).toString('hex'))
  for (const path of [folder, data, join(folder, 'password')]) await giveTo(account, path)
  const failures: string[] = []
  for (const locale of locales) {
    const result = await runInitdb({ ...options, data, locale, passwordFile: password.fd })
    if (result.exitCode === 0) return
    failures.push(result.output)
    if (!result.output.includes('invalid locale')) break
  }
  throw new EmbeddedDatabaseError(
    `PostgreSQL could not set up its files in ${options.dataFolder} as the user ${account.name}. ` +
      `It said: ${failures.join('\n').trim()}`,
  )
}

// The same order of texts everywhere; the later ones are for systems without C.UTF-8.
const locales: readonly (readonly string[])[] = [
  ['--locale=C.UTF-8'],
  ['--locale=C', '--lc-ctype=en_US.UTF-8'],
  ['--locale=C'],
]

interface InitdbRun extends ClusterOptions {
  readonly data: string
  readonly locale: readonly string[]
  readonly passwordFile: number
}

async function runInitdb(
  run: InitdbRun,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const settings = ['-U', 'app', '-E', 'UTF8', ...run.locale, '--auth=scram-sha-256']
  const speed = ['--set', 'scram_iterations=1', ...(run.durable ? [] : ['--no-sync'])]
  const child = spawn(
    run.binaries.initdb,
    ['-D', pathSeenBy(run.account, run.data), '--pwfile=/dev/fd/3', ...settings, ...speed],
    {
      cwd: run.data,
      env: serverEnvironment,
      stdio: ['ignore', 'ignore', 'pipe', run.passwordFile],
      ...run.account.identity,
    },
  )
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject).once('close', resolve)
  let output = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
  return { exitCode: await promise, output }
}

/** English messages, and none of the PG* variables of whoever starts Rose Ash. */
export const serverEnvironment: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' }

/**
 * The name of a folder for a process started in it. A clone in /root or in somebody's private home
 * cannot be reached by the user that root starts PostgreSQL as, but a process that is already in
 * the folder may use it. Linux has a name for "the folder I am in"; macOS has none, and there a
 * private folder and root do not go together.
 */
export function pathSeenBy(account: Account, folder: string): string {
  const isElsewhere = account.identity !== undefined && process.platform === 'linux'
  return isElsewhere ? '/proc/self/cwd' : folder
}

/** Lets the account own what root has made; does nothing when there is no difference. */
export async function giveTo({ identity }: Account, path: string): Promise<void> {
  if (identity !== undefined) await chown(path, identity.uid >>> 0, identity.gid >>> 0)
}

async function checkVersion(data: string): Promise<void> {
  const found = await readFile(join(data, 'PG_VERSION'), 'utf8').catch((cause: unknown) => {
    throw new EmbeddedDatabaseError(
      `The database in ${dirname(data)} is not whole or cannot be read by this user. Start as the ` +
        'user who made it, or remove the folder to begin afresh.',
      { cause },
    )
  })
  if (found.trim() === majorVersion) return
  throw new EmbeddedDatabaseError(
    `The database in ${dirname(data)} was made by PostgreSQL ${found.trim()}; this is version ` +
      `${majorVersion}. Remove the folder to begin afresh.`,
  )
}
