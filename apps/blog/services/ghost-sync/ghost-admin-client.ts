import { askGhost, type GhostAccess } from './ask-ghost.ts'
import { isPosts, pathOf, readList, readSite } from './ghost-answers.ts'
import {
  type GhostQuery,
  type GhostReader,
  type GhostResource,
  type GhostRow,
  rowsOnPage,
} from './ghost-reader.ts'
import { GhostSiteError } from './ghost-site-error.ts'
import { createGhostToken, parseAdminKey } from './ghost-token.ts'

/** Ghost 5 understands it too, and says so in its answer. */
export const acceptVersion = 'v6.0'

/** Everything of a site, drafts and members too. `key` is `id:secret`. Throws GhostSiteError for an odd key. */
export function createGhostAdminClient(
  access: GhostAccess & { readonly key: string },
): GhostReader {
  const key = parseAdminKey(access.key)
  const headers = () => ({
    authorization: `Ghost ${createGhostToken(key)}`,
    'accept-version': acceptVersion,
  })
  const ask = (path: string, signal: AbortSignal | undefined) =>
    askGhost(access, { path: `admin/${path}`, headers, signal })

  return {
    kind: 'admin',
    async site(signal) {
      return readSite(await ask('site/', signal))
    },
    async routes(signal) {
      try {
        const text = await ask('settings/routes/yaml/', signal)
        return typeof text === 'string' ? text : undefined
      } catch (error) {
        // Older sites keep it for their owner.
        if (error instanceof GhostSiteError && !error.isPassing) return undefined
        throw error
      }
    },
    async readPage(resource, query = {}, signal) {
      const body = await ask(pathOf(resource, parametersOf(resource, query)), signal)
      return readList(body, resource)
    },
    async find(resource, id, signal): Promise<GhostRow | undefined> {
      const body = await ask(pathOf(resource, formsOf(resource), id), signal)
      return body === undefined ? undefined : readList(body, resource).rows[0]
    },
  }
}

function parametersOf(resource: GhostResource, { page, filter, order, fields }: GhostQuery) {
  return {
    limit: String(rowsOnPage),
    page: String(page ?? 1),
    filter,
    order,
    ...(fields ? { fields: fields.join(',') } : formsOf(resource)),
  }
}

function formsOf(resource: GhostResource): Readonly<Record<string, string>> {
  if (isPosts(resource)) {
    return { formats: 'lexical,mobiledoc,html', include: 'tags,authors,tiers,newsletter' }
  }
  return resource === 'tiers' ? { include: 'benefits,monthly_price,yearly_price' } : {}
}
