import { type AdapterPayload, type KoaContextWithOIDC, Provider } from 'oidc-provider'

/** What one request has read, so that it need not be asked for again. */
interface RequestMemory {
  /** Sessions as they stand in the table, by id. */
  readonly sessions: Map<string, AdapterPayload>
  /** Sessions that came along with a token, by uid; undefined when there is none. */
  readonly sessionsOfTokens: Map<string, AdapterPayload | undefined>
  /** Whose first-party grants are, by grant id. */
  readonly accountsOfGrants: Map<string, string>
}

const memories = new WeakMap<KoaContextWithOIDC, RequestMemory>()

/** Undefined outside of a request to the provider. */
export function requestMemory(): RequestMemory | undefined {
  const context = Provider.ctx
  if (!context) return undefined
  const known = memories.get(context)
  if (known) return known
  const memory = {
    sessions: new Map(),
    sessionsOfTokens: new Map(),
    accountsOfGrants: new Map(),
  }
  memories.set(context, memory)
  return memory
}
