import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fault, faultBody, refuseAdmin, refuseContent } from './ghost-auth.ts'
import { postRow } from './ghost-posts.ts'
import { queryRows } from './ghost-query.ts'
import {
  type ApiForm,
  type ApiSite,
  authorRow,
  newsletterRow,
  tagRow,
  tierRow,
} from './ghost-rows.ts'
import type { GhostTableRow, GhostTables } from './ghost-tables.ts'

/** A Ghost site on this machine: the part of its two APIs that is used, and its files. */
export interface GhostSite extends AsyncDisposable {
  readonly url: string
  /** `127.0.0.1:PORT`, for the guarded fetcher. */
  readonly host: string
  readonly adminKey: string
  readonly contentKey: string
  /** May be changed at any time. */
  readonly tables: GhostTables
  /** Paths of what was asked, with their queries. */
  readonly requests: string[]
  /** What happens to the next requests, one each: an answer of this status, or a wait, or nothing. */
  readonly troubles: GhostTrouble[]
  /** Changes a row, and its time of change. */
  change(table: string, id: string, columns: GhostTableRow): void
  remove(table: string, id: string): void
}

export type GhostTrouble =
  | { readonly status: number; readonly retryAfter?: string; readonly body?: string }
  | { readonly waitMilliseconds: number }
  | { readonly isCutOff: true }
  /** Nothing happens to this one. */
  | { readonly isFine: true }

export interface GhostSiteOptions {
  /** As an export has them; they are copied. */
  readonly tables: GhostTables
  /** By path: `/content/images/2026/11/harbour.png`. */
  readonly files?: ReadonlyMap<string, Uint8Array>
  readonly title?: string
  /** The text of its routes.yaml. */
  readonly routes?: string
  /** A folder that the site is in: `/blog`. */
  readonly folder?: string
}

export async function startGhostSite(options: GhostSiteOptions): Promise<GhostSite> {
  const tables = structuredClone(options.tables)
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const folder = options.folder ?? ''
  const url = `http://${host}${folder}`
  const site: ApiSite = { url, tables }
  const requests: string[] = []
  const troubles: GhostTrouble[] = []
  const adminKey = `${'5a'.repeat(12)}:${'c3'.repeat(32)}`
  const contentKey = 'b7'.repeat(13)
  const about = {
    title: options.title ?? 'Pebble & Tide',
    url: `${url}/`,
    version: '6.65',
    timezone: 'Europe/London',
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(request.url ?? '')
    const trouble = troubles.shift()
    if (trouble && 'waitMilliseconds' in trouble) await sleep(trouble.waitMilliseconds)
    if (trouble && 'isCutOff' in trouble) return void request.socket.destroy()
    if (trouble && 'status' in trouble) {
      const { status, retryAfter } = trouble
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter })
      return void response.end(trouble.body ?? '')
    }
    const asked = new URL(request.url ?? '/', url)
    const path = asked.pathname.slice(folder.length)
    const file = options.files?.get(decodeURIComponent(path))
    if (file) return void response.end(file)
    if (path === '/ghost/api/admin/settings/routes/yaml/' && options.routes !== undefined) {
      const refused = refuseAdmin(request.headers.authorization, adminKey)
      if (refused) return send(response, refused.status, faultBody(refused))
      response.writeHead(200, { 'content-type': 'application/yaml' })
      return void response.end(options.routes)
    }
    const [, form, resource = '', id] =
      /^\/ghost\/api\/(admin|content)\/([a-z]+)\/(?:([\da-f]{24})\/)?$/.exec(path) ?? []
    if (form !== 'admin' && form !== 'content') return send(response, 404, '<h1>404</h1>')
    const key = asked.searchParams.get('key')
    const refusal =
      form === 'content'
        ? refuseContent(key, contentKey)
        : resource === 'site'
          ? undefined
          : refuseAdmin(request.headers.authorization, adminKey)
    if (refusal) return send(response, refusal.status, faultBody(refusal))
    if (resource === 'site' && form === 'admin') return send(response, 200, { site: about })
    if (resource === 'settings' && form === 'content') {
      return send(response, 200, { settings: about, meta: {} })
    }
    const rows = listOf(resource, form, asked.searchParams)
    const [status, body] = rows
      ? answerList(rows, { resource, id, query: asked.searchParams })
      : [404, faultBody(fault(404, 'Resource not found'))]
    return send(response, status, body)
  }

  function listOf(
    resource: string,
    form: ApiForm,
    query: URLSearchParams,
  ): readonly GhostTableRow[] | undefined {
    const formats = (query.get('formats') ?? 'html').split(',')
    const postsOf = (type: string) =>
      (tables['posts'] ?? [])
        .filter((row) => row['type'] === type)
        .filter((row) => form === 'admin' || row['status'] === 'published')
        .map((row) => postRow(site, row, { form, formats }))
    const map = (table: string, rowOf: typeof tagRow) =>
      (tables[table] ?? []).map((row) => rowOf(site, row, form))
    if (resource === 'posts') return postsOf('post')
    if (resource === 'pages') return postsOf('page')
    if (resource === 'tags') return map('tags', tagRow)
    if (resource === (form === 'admin' ? 'users' : 'authors')) return map('users', authorRow)
    if (resource === 'tiers') return map('products', tierRow)
    if (resource === 'newsletters') return map('newsletters', newsletterRow)
    return resource === 'members' && form === 'admin' ? (tables['members'] ?? []) : undefined
  }

  return {
    url,
    host,
    adminKey,
    contentKey,
    tables,
    requests,
    troubles,
    change(table, id, columns) {
      const row = tables[table]?.find((other) => other['id'] === id)
      if (!row) throw new Error(`the table ${table} has no row ${id}`)
      Object.assign(row, { updated_at: laterThan(row['updated_at']) }, columns)
    },
    remove(table, id) {
      tables[table] = (tables[table] ?? []).filter((row) => row['id'] !== id)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answerList(
  rows: readonly GhostTableRow[],
  { resource, id, query }: { resource: string; id: string | undefined; query: URLSearchParams },
): [number, object] {
  if (id !== undefined) {
    const row = rows.find((other) => other['id'] === id)
    if (row) return [200, { [resource]: [row] }]
    const sentence = `Resource not found error, cannot read ${resource}.`
    return [404, faultBody(fault(404, sentence))]
  }
  const found = queryRows(rows, query)
  if (!found) return [400, faultBody(fault(400, 'Error parsing filter'))]
  return [200, { [resource]: found.rows, meta: { pagination: found.pagination } }]
}

/** A minute after, in the form that the row has; Ghost knows no parts of a second. */
function laterThan(value: unknown): string {
  const text = String(value)
  const time = new Date(`${text.replace(' ', 'T').replace(/Z$/, '')}Z`)
  const iso = new Date(time.getTime() + 60_000).toISOString()
  return text.includes('T') ? iso : iso.slice(0, 19).replace('T', ' ')
}

function send(response: ServerResponse, status: number, body: object | string): void {
  const isText = typeof body === 'string'
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json' })
  response.end(isText ? body : JSON.stringify(body))
}
