import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cache } from '../cache/cache.ts'
import { createNearCache } from '../cache/near-cache.ts'
import { etagOf } from './kept-page.ts'

/** A document that is the same for everybody: a feed, a sitemap. */
export interface Document {
  readonly body: string
  /** When anything in it was changed last; null when that is not known. */
  readonly changedAt: string | null
  readonly tags: readonly string[]
}

export interface DocumentRequest {
  readonly key: readonly [string, ...string[]]
  readonly contentType: string
  /** Undefined when there is none. */
  readonly load: () => Promise<Document | undefined>
}

/** Sends a document that all processes keep until one of its tags is invalidated. False when there is none. */
export type DocumentCache = (
  request: FastifyRequest,
  reply: FastifyReply,
  wanted: DocumentRequest,
) => Promise<boolean>

interface Made extends Document {
  readonly etag: string
}

class NoDocument extends Error {
  override name = 'NoDocument'
}

export function createDocumentCache(options: {
  readonly cache: Cache
  readonly app: string
  /** 0: nothing is kept. */
  readonly ttlSeconds: number
}): DocumentCache {
  const { cache, app, ttlSeconds } = options
  const near = createNearCache<Made, Made>({
    cache,
    maxBytes: 16 * 1024 * 1024,
    make: (made) => made,
    sizeOf: ({ body }) => 2 * body.length,
    isSame: (one, other) => one.etag === other.etag,
  })
  const find = async ({ key, load }: DocumentRequest) => {
    const make = async () => {
      const made = await load()
      // Thrown, because what is returned would be kept.
      if (!made) throw new NoDocument()
      return { ...made, etag: etagOf(made.body) }
    }
    try {
      if (ttlSeconds === 0) return await make()
      return await near.get(['document', app, ...key], make, {
        ttlSeconds,
        tags: ({ tags }) => tags,
      })
    } catch (error) {
      if (error instanceof NoDocument) return undefined
      throw error
    }
  }
  return async (request, reply, wanted) => {
    const found = await find(wanted)
    if (!found) return false
    const { body, etag, changedAt } = found
    void reply.header('cache-control', 'public, max-age=60, must-revalidate').header('etag', etag)
    if (changedAt) void reply.header('last-modified', new Date(changedAt).toUTCString())
    if (isKnown(request, found)) void reply.status(304).send()
    else void reply.type(wanted.contentType).send(body)
    return true
  }
}

/**
 * `If-None-Match` decides alone where it is sent (RFC 9110, 13.2.2). A time has to be the very one that was sent:
 * when the newest part of a document is taken away, its time of change goes back.
 */
function isKnown(
  { headers }: FastifyRequest,
  { etag, changedAt }: { readonly etag: string; readonly changedAt: string | null },
): boolean {
  const given = headers['if-none-match']
  if (given !== undefined) return given.split(',').some((one) => one.trim() === etag)
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return changedAt !== null && Math.floor(Date.parse(changedAt) / 1000) * 1000 === since
}
