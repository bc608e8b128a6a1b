import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { chmod, copyFile, lstat, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './account.ts'
import { EmbeddedDatabaseError, useOwnDatabase } from './errors.ts'
import { makeFolder } from './make-folder.ts'
import { getPostgresPackage, type PostgresPackage } from './package.ts'

/** Paths of executables that the account has been seen to run. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

const run = promisify(execFile)

/**
 * PostgreSQL is copied out of its package, once: npm cannot ship the symbolic links it needs, the
 * package may be read-only or shared between projects, and when root starts it, another user must
 * be able to reach it. Tries `folders` in turn, for some may be read-only, private or `noexec`.
 */
export async function prepareBinaries(
  account: Account,
  folders: readonly string[] = cacheFolders(account),
): Promise<PostgresBinaries> {
  const source = getPostgresPackage()
  const causes: unknown[] = []
  for (const folder of folders) {
    try {
      return await prepareIn(folder, source, account)
    } catch (cause) {
      causes.push(cause)
    }
  }
  throw new EmbeddedDatabaseError(
    `PostgreSQL could not be run as the user ${account.name} from any of ${folders.join(', ')}. ` +
      useOwnDatabase,
    { cause: new AggregateError(causes) },
  )
}

function cacheFolders(account: Account): string[] {
  const temporary = join(tmpdir(), `rose-ash-${process.getuid?.() ?? 'cache'}`)
  if (account.identity !== undefined) return ['/var/cache/rose-ash', temporary]
  const workspace = join(import.meta.dirname, '../../../node_modules/.cache/rose-ash')
  return [workspace, join(homedir(), '.cache/rose-ash'), temporary]
}

async function prepareIn(
  folder: string,
  source: PostgresPackage,
  account: Account,
): Promise<PostgresBinaries> {
  await mkdir(folder, { recursive: true })
  // In a temporary folder that everybody may write to, a stranger could have planted one.
  const { uid } = await lstat(folder)
  const isOwn = uid === process.getuid?.()
  if (uid !== 0 && !isOwn) throw new Error(`${folder} belongs to another user`)
  // The umask may have kept the account out.
  if (isOwn) await chmod(folder, 0o755)
  const target = join(folder, `postgres-${source.build}`)
  const binaries = { initdb: join(target, 'bin/initdb'), postgres: join(target, 'bin/postgres') }
  if ((await findFault(binaries, account)) === undefined) return binaries
  const fill = (unfinished: string) => install(source.folder, unfinished)
  const isNew = await makeFolder(target, fill)
  if (!isNew && (await findFault(binaries, account)) !== undefined) {
    // One that is there but does not run may have lost files, as old ones in /tmp do.
    await rm(target, { recursive: true, force: true })
    await makeFolder(target, fill)
  }
  const fault = await findFault(binaries, account)
  if (fault !== undefined) throw fault
  return binaries
}

/** Why the account cannot run them. */
async function findFault(binaries: PostgresBinaries, account: Account): Promise<Error | undefined> {
  try {
    await run(binaries.postgres, ['--version'], { cwd: '/', ...account.identity })
    return undefined
  } catch (cause) {
    return new Error(`${binaries.postgres} does not run`, { cause })
  }
}

async function install(packageFolder: string, target: string): Promise<void> {
  await copyFolder(join(packageFolder, 'native'), target)
  const list = await readFile(join(packageFolder, 'native/pg-symlinks.json'), 'utf8')
  const links = JSON.parse(list) as readonly { readonly source: string; readonly target: string }[]
  for (const link of links) {
    // Both ends lie in native/lib.
    await symlink(basename(link.source), join(target, link.target.replace('native/', '')))
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to)
  // The mode given to mkdir is subject to the umask, and the account must be able to read this.
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyFolder(source, copy)
    // Static libraries are of no use here.
    if (!entry.isFile() || entry.name.endsWith('.a')) continue
    await copyFile(source, copy, constants.COPYFILE_FICLONE)
    await chmod(copy, 0o755)
  }
}
