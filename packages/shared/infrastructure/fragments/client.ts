import type { AppName } from '../../contracts/apps.ts'
import { type FragmentName, fragmentTag, fragmentTypes } from '../../contracts/fragments.ts'
import { type Visitor, visitorTag } from '../../contracts/visitor.ts'
import type { Cache, CacheKey } from '../cache/cache.ts'
import type { InternalClient } from '../internal-client.ts'
import type { Logger } from '../log.ts'

/** One fragment that a page wants. Parameters are plain strings, as in a query. */
export interface FragmentRequest {
  readonly provider: AppName
  readonly type: FragmentName
  readonly parameters?: Readonly<Record<string, string>>
}

export interface FragmentClient {
  /**
   * The HTML of each fragment, in order. A fragment that cannot be had is an empty string: a provider
   * that is down, slow or wrong costs its own part of the page and never the page. Each provider is
   * asked once, for all that is not in the cache.
   */
  fetch(
    requests: readonly FragmentRequest[],
    context: { visitor: Visitor; requestId: string },
  ): Promise<readonly string[]>
}

/** What goes over the wire to `POST /internal/fragments`. */
export interface FragmentQuery {
  readonly type: string
  readonly parameters: Readonly<Record<string, string>>
}

const timeoutMilliseconds = 2000
/** After its time to live a fragment is still shown this long while it is fetched anew. */
const staleSeconds = 600

export function createFragmentClient(options: {
  cache: Cache
  internal: InternalClient
  log: Logger
}): FragmentClient {
  const { cache, internal, log } = options

  async function ask(provider: AppName, queries: readonly FragmentQuery[], requestId: string) {
    const answer = await internal.post(provider, '/internal/fragments', {
      body: queries,
      requestId,
      timeoutMilliseconds,
    })
    if (!isHtmlList(answer, queries.length)) {
      throw new Error(`${provider} answered something else than ${queries.length} fragments`)
    }
    return answer
  }

  return {
    async fetch(requests, { visitor, requestId }) {
      const batches = new Map<AppName, Batch>()
      const batchFor = (provider: AppName) => {
        const begun = batches.get(provider)
        if (begun) return begun
        const batch = createBatch((list) => ask(provider, list, requestId))
        batches.set(provider, batch)
        return batch
      }
      const wanted = requests.map((request) => {
        const { provider, type } = request
        const query = withVisitor(request, visitor)
        return cache
          .getOrLoad(fragmentKey(provider, query), () => batchFor(provider).add(query), {
            ttlSeconds: fragmentTypes[type].ttlSeconds,
            staleSeconds,
            tags: () => fragmentTags(type, visitor),
          })
          .catch((error: unknown) => {
            log.warn({ err: error, fragment: type, provider, requestId }, 'fragment left out')
            return ''
          })
      })
      return Promise.all(wanted)
    },
  }
}

function withVisitor(request: FragmentRequest, visitor: Visitor): FragmentQuery {
  const { audience } = fragmentTypes[request.type]
  const parameters: Record<string, string> = { ...request.parameters }
  if (audience !== 'everyone' && visitor.userId) parameters['userId'] = visitor.userId
  if (audience === 'visitor' && !visitor.userId && visitor.deviceId) {
    parameters['deviceId'] = visitor.deviceId
  }
  return { type: request.type, parameters }
}

function fragmentKey(provider: AppName, query: FragmentQuery): CacheKey {
  const parameters = Object.entries(query.parameters)
  if (parameters.length > 1) parameters.sort(([a], [b]) => (a < b ? -1 : 1))
  return ['fragment', provider, query.type, ...parameters.flat()]
}

/** Invalidate `visitorTag(visitor)` after a change that a visitor's fragments show, `fragmentTag(type)` for all. */
function fragmentTags(type: FragmentName, visitor: Visitor): string[] {
  const tag = visitorTag(visitor)
  const ofVisitor = fragmentTypes[type].audience === 'everyone' || !tag ? [] : [tag]
  return [fragmentTag(type), ...ofVisitor]
}

interface Batch {
  add(query: FragmentQuery): Promise<string>
}

/** Collects what is asked for until the cache has answered for all, then asks once. */
function createBatch(
  ask: (queries: readonly FragmentQuery[]) => Promise<readonly string[]>,
): Batch {
  let queries: FragmentQuery[] = []
  let answer: Promise<readonly string[]> | undefined

  return {
    async add(query) {
      const index = queries.push(query) - 1
      answer ??= new Promise((resolve, reject) => {
        setTimeout(() => {
          const collected = queries
          queries = []
          answer = undefined
          ask(collected).then(resolve, reject)
        }, 2)
      })
      const list = await answer
      return list[index] ?? ''
    },
  }
}

function isHtmlList(answer: unknown, length: number): answer is readonly string[] {
  return (
    Array.isArray(answer) &&
    answer.length === length &&
    answer.every((html) => typeof html === 'string')
  )
}
