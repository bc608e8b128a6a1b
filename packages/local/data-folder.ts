import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stopLeftPostgres } from './postgres/start.ts'

/** Where one installation keeps what lasts. */
export interface DataFolder {
  readonly postgres: string
  readonly media: string
  readonly mail: string
  readonly secretKey: string
}

/** Makes what is missing. The secret key is made once and readable by its owner only. */
export function openDataFolder(folder: string, mediaFolder?: string): DataFolder {
  const data = {
    postgres: join(folder, 'postgres'),
    media: mediaFolder ?? join(folder, 'media'),
    mail: join(folder, 'mail'),
  }
  for (const path of [folder, data.media, data.mail]) mkdirSync(path, { recursive: true })
  return { ...data, secretKey: readSecretKey(join(folder, 'secret-key')) }
}

/** Forgets everything: stops a database server that still uses the folder, then deletes it. */
export async function removeDataFolder(folder: string): Promise<void> {
  await stopLeftPostgres(join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
}

function readSecretKey(path: string): string {
  try {
    const secretKey = readFileSync(path, 'utf8').trim()
    if (secretKey) return secretKey
    // Its writing was cut short, so nothing was ever signed with it.
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secretKey = randomBytes(32).toString('hex')
  writeFileSync(path, secretKey, { mode: 0o600 })
  return secretKey
}
