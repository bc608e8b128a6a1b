import { z } from 'zod'
import type { GhostPage, GhostResource, GhostRow, GhostSiteFacts } from './ghost-reader.ts'
import { GhostSiteError } from './ghost-site-error.ts'

const row = z.looseObject({ id: z.string().min(1).max(64) })
const pagination = z.looseObject({
  total: z.number().int(),
  next: z.number().int().nullable(),
})
const meta = z.looseObject({ pagination: pagination.optional() }).optional()
const site = z.looseObject({
  title: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  version: z.string().optional(),
  timezone: z.string().optional(),
})

/** Throws GhostSiteError when it is no such list. */
export function readList(body: unknown, resource: string): GhostPage {
  const list = z.looseObject({ [resource]: z.array(row), meta }).safeParse(body)
  if (!list.success) throw oddAnswer(resource)
  const rows = list.data[resource] as readonly GhostRow[]
  const pages = (list.data['meta'] as z.output<typeof meta>)?.pagination
  return { rows, total: pages?.total ?? rows.length, next: pages?.next ?? undefined }
}

export function readSite(body: unknown): GhostSiteFacts {
  const parsed = z.looseObject({ site }).safeParse(body)
  if (!parsed.success) throw oddAnswer('site')
  const { title, url, version = '', timezone: timeZone } = parsed.data.site
  return { title, url: url.replace(/\/+$/, ''), version, timeZone }
}

/** What stands in an address for a list, with its parameters. */
export function pathOf(
  resource: string,
  parameters: Readonly<Record<string, string | undefined>>,
  id?: string,
): string {
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
  return `${resource}/${id === undefined ? '' : `${encodeURIComponent(id)}/`}?${query}`
}

export function isPosts(resource: GhostResource): boolean {
  return resource === 'posts' || resource === 'pages'
}

function oddAnswer(resource: string): GhostSiteError {
  return new GhostSiteError('not-ghost', `The site gave no list of ${resource} that can be read.`)
}
