import { z } from 'zod'
import { askGhost, type GhostAccess } from './ask-ghost.ts'
import { acceptVersion } from './ghost-admin-client.ts'
import { isPosts, pathOf, readList } from './ghost-answers.ts'
import {
  type GhostQuery,
  type GhostReader,
  type GhostResource,
  rowsOnPage,
} from './ghost-reader.ts'
import { GhostSiteError } from './ghost-site-error.ts'

const settings = z.looseObject({
  settings: z.looseObject({
    title: z.string(),
    url: z.string().optional(),
    timezone: z.string().optional(),
  }),
})

/**
 * What everybody may read of a site: html without its source, no drafts, no members, and posts for members cut
 * off. `key` has 26 hexadecimal digits. It stands in addresses, which are therefore never logged.
 */
export function createGhostContentClient(
  access: GhostAccess & { readonly key: string },
): GhostReader {
  const key = access.key.trim()
  if (!/^[\da-f]{26}$/i.test(key)) {
    throw new GhostSiteError(
      'bad-key',
      'That is no Content API key. It has 26 letters and digits; in Ghost it stands under Settings, Integrations.',
    )
  }
  const ask = (path: string, signal: AbortSignal | undefined) =>
    askGhost(access, {
      path: `content/${path}`,
      headers: () => ({ 'accept-version': acceptVersion }),
      signal,
    })

  return {
    kind: 'content',
    async site(signal) {
      const body = settings.safeParse(await ask(pathOf('settings', { key }), signal))
      if (!body.success) {
        throw new GhostSiteError('not-ghost', 'The site does not say what it is called.')
      }
      const { title, url, timezone: timeZone } = body.data.settings
      return { title, url: (url ?? access.siteUrl).replace(/\/+$/, ''), version: '', timeZone }
    },
    routes: async () => undefined,
    async readPage(resource, query = {}, signal) {
      if (resource === 'members') return { rows: [], total: 0, next: undefined }
      const name = nameOf(resource)
      const body = await ask(pathOf(name, { key, ...parametersOf(resource, query) }), signal)
      return readList(body, name)
    },
    async find(resource, id, signal) {
      if (resource === 'members') return undefined
      const name = nameOf(resource)
      const body = await ask(pathOf(name, { key, ...formsOf(resource) }, id), signal)
      return body === undefined ? undefined : readList(body, name).rows[0]
    },
  }
}

/** Who writes is called an author there. */
function nameOf(resource: GhostResource): string {
  return resource === 'users' ? 'authors' : resource
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
  if (isPosts(resource)) return { formats: 'html', include: 'tags,authors,tiers' }
  return resource === 'tiers' ? { include: 'benefits,monthly_price,yearly_price' } : {}
}
