import { type AdapterPayload, Provider } from 'oidc-provider'

/** What one request has read, so that it need not be asked for again. */
interface RequestMemory {
  /** Sessions as they stand in the table, by id. */
  readonly sessions: Map<string, AdapterPayload>
  /** What sealed codes hold. */
  readonly sealed: Map<string, AdapterPayload>
  /** A code that is being redeemed. */
  code: RedeemedCode | undefined
  /** Sessions that came along with a token, by uid; undefined when there is none. */
  readonly sessionsOfTokens: Map<string, AdapterPayload | undefined>
  /** Whose first-party grants are, by grant id. */
  readonly accountsOfGrants: Map<string, string>
}

/** A code that has passed all checks and is not consumed yet. */
export interface RedeemedCode {
  readonly hash: string
  /** When a code of which nothing is stored runs out. */
  readonly sealedUntil: Date | undefined
  consume(): Promise<unknown>
}

const memories = new WeakMap<object, RequestMemory>()

/** Undefined outside of a request to the provider. */
export function requestMemory(): RequestMemory | undefined {
  const context = Provider.ctx
  if (!context) return undefined
  const known = memories.get(context)
  if (known) return known
  const memory: RequestMemory = {
    code: undefined,
    sealed: new Map(),
    sessions: new Map(),
    sessionsOfTokens: new Map(),
    accountsOfGrants: new Map(),
  }
  memories.set(context, memory)
  return memory
}

/** That a token hangs on a session is looked at right after the token itself. */
export function rememberSession(token: AdapterPayload, session: AdapterPayload | undefined): void {
  const memory = requestMemory()
  const { accountId, expiresWithSession, grantId, sessionUid } = token
  if (!memory || !expiresWithSession || !sessionUid) return
  memory.sessionsOfTokens.set(sessionUid, session)
  if (grantId && accountId) memory.accountsOfGrants.set(grantId, accountId)
}

/** Leaves a code to be consumed together with what it is redeemed for. False outside of requests. */
export function keepCode(code: RedeemedCode): boolean {
  const memory = requestMemory()
  if (memory) memory.code = code
  return memory !== undefined
}

export function takeCode(): RedeemedCode | undefined {
  const memory = requestMemory()
  const code = memory?.code
  if (memory) memory.code = undefined
  return code
}

/** To be called before a request is answered: a code for which nothing was given is used up as well. */
export async function consumeLeftCode(context: object): Promise<void> {
  const memory = memories.get(context)
  const code = memory?.code
  if (!memory || !code) return
  memory.code = undefined
  await code.consume()
}
