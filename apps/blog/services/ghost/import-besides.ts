import type { Database } from '../../models/index.ts'
import type { ExportFile } from './export-file.ts'
import { GhostFileError } from './import-error.ts'
import { importSettingsFile } from './import-settings-file.ts'
import type { GhostFileKind } from './recognise-file.ts'

/** Members, redirects and routes that came in the same archive. What is wrong with one is a warning. */
export async function importBesides(
  database: Database,
  file: ExportFile,
  { source, timeZones }: { readonly source: string; readonly timeZones: readonly string[] },
): Promise<readonly string[]> {
  const warnings: string[] = []
  for (const { name, open } of file.besides) {
    const kind = kindOf(name)
    try {
      const done = await importSettingsFile(database, { kind, open }, { source, timeZones })
      warnings.push(...done.warnings.map((warning) => `${name}: ${warning}`))
    } catch (error) {
      if (!(error instanceof GhostFileError)) throw error
      warnings.push(`${name}: ${error.message}`)
    }
  }
  return warnings
}

function kindOf(name: string): Exclude<GhostFileKind, 'export'> {
  if (/\.csv$/i.test(name)) return 'members'
  if (/^routes/i.test(name)) return 'routes'
  return /\.json$/i.test(name) ? 'redirects-json' : 'redirects-yaml'
}
