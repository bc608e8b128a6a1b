import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const projectFolder = fileURLToPath(new URL('../..', import.meta.url))
const sharedFolder = join(projectFolder, 'packages/shared')
const schemaFile = join(projectFolder, 'schema.sql')
const heading = `-- The tables of Rose Ash, made by \`pnpm schema\` from packages/shared/models. Not run by anything:
-- databases are made by packages/shared/migrations.

`

/**
 * `pnpm schema`: writes schema.sql and, when the models have changed, the migration that follows.
 * `pnpm schema --check`: changes nothing and exits 1 when either is stale.
 */
if (process.argv.includes('--check')) {
  const [isStale, hasUnwritten] = await Promise.all([isSchemaStale(), hasUnwrittenMigration()])
  if (isStale) process.stderr.write('schema.sql is stale. Run `pnpm schema`.\n')
  if (hasUnwritten) process.stderr.write('The models have no migration yet. Run `pnpm schema`.\n')
  process.exitCode = isStale || hasUnwritten ? 1 : 0
} else {
  const { stdout } = await drizzleKit('generate')
  writeFileSync(schemaFile, await exportSchema())
  process.stdout.write(`${stdout.trim().split('\n').at(-1)}\nschema.sql is written.\n`)
}

async function isSchemaStale(): Promise<boolean> {
  return readFileSync(schemaFile, 'utf8') !== (await exportSchema())
}

/** The whole schema is the first migration of a project that has none. */
async function exportSchema(): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    await generateInto(folder)
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.sql'))
    if (!file) throw new Error('drizzle-kit wrote no schema.')
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('--> statement-breakpoint', '')
    return `${heading}${sql.trim()}\n`
  })
}

/** Generates into a copy of the migrations, and looks whether there was anything to write. */
async function hasUnwrittenMigration(): Promise<boolean> {
  return withTemporaryFolder(async (folder) => {
    cpSync(join(sharedFolder, 'migrations'), folder, { recursive: true })
    const countFiles = () => readdirSync(folder).filter((name) => name.endsWith('.sql')).length
    const before = countFiles()
    await generateInto(folder)
    return countFiles() > before
  })
}

async function withTemporaryFolder<Result>(work: (folder: string) => Promise<Result>) {
  const folder = mkdtempSync(join(tmpdir(), 'rose-ash-schema-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function generateInto(folder: string): Promise<void> {
  const config = join(folder, 'drizzle.config.json')
  const schema = join(sharedFolder, 'models/*.ts')
  // The path is relative because drizzle-kit puts the working folder before it.
  const out = relative(sharedFolder, folder)
  const options = { dialect: 'postgresql', casing: 'snake_case', schema, out }
  writeFileSync(config, JSON.stringify(options))
  await drizzleKit('generate', '--config', config)
}

function drizzleKit(...words: readonly string[]) {
  const command = join(sharedFolder, 'node_modules/drizzle-kit/bin.cjs')
  return run(process.execPath, [command, ...words], { cwd: sharedFolder })
}
