import type { Database } from '../../models/index.ts'
import { GhostFileError } from '../ghost/import-error.ts'
import { importRoutes } from '../ghost/import-routes.ts'
import { timeZonesOf } from '../ghost/import-settings-file.ts'
import { nothingDone, type Outcome } from '../ghost/outcome.ts'
import { readRoutes } from '../ghost/routes-file.ts'
import type { GhostReader } from './ghost-reader.ts'

/** Leads here from where posts are at the site, by its routes.yaml. Redirects are not counted. */
export async function leadFromOldAddresses({
  database,
  source,
  reader,
  timeZone,
  signal,
}: {
  readonly database: Database
  readonly source: string
  readonly reader: GhostReader
  /** The site's own. */
  readonly timeZone: string | undefined
  readonly signal?: AbortSignal | undefined
}): Promise<Outcome> {
  const text = await reader.routes(signal)
  if (text === undefined) return nothingDone
  const timeZones = timeZonesOf(timeZone, undefined)
  try {
    const routes = readRoutes(text)
    const { warnings } = await importRoutes(database, { source, routes, timeZones })
    return { ...nothingDone, warnings }
  } catch (error) {
    if (!(error instanceof GhostFileError)) throw error
    return { ...nothingDone, warnings: [`routes.yaml: ${error.message}`] }
  }
}
