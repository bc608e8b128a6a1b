import { createPair, type Pair } from './flow.ts'
import type { Side } from './side.ts'

export interface Rates {
  /** Requests a second. */
  readonly silent: number
  readonly token: number
  /** Of the server's process, for one of each. */
  readonly cpuMilliseconds: number
}

/** Ends with whichever is reached first. */
export interface Turn {
  readonly seconds: number
  readonly codes?: number
}

/** So many that a server which waits for its database has another request to go on with. */
export const clients = 16
/** Few enough that the peer's memory, which keeps about a thousand things, still has the codes. */
const codesPerClient = 25

/**
 * All clients ask for codes, then all redeem them, over and over; the time of each kind is taken
 * by itself. Everybody has signed in just before, so that no turn finds what another has left.
 */
export async function measureTurn(side: Side, turn: Turn): Promise<Rates> {
  using stack = new DisposableStack()
  const pairs = await Promise.all(
    Array.from({ length: clients }, async () => {
      const cookie = await side.signIn()
      return stack.use(createPair(side, cookie))
    }),
  )
  const taken = { silent: 0, token: 0, codes: 0 }
  const cpuBefore = await side.cpuSeconds()
  const { seconds, codes: enough = Number.POSITIVE_INFINITY } = turn
  while (taken.silent + taken.token < seconds * 1000 && taken.codes < enough) {
    const start = performance.now()
    const codes = await Promise.all(pairs.map(askForCodes))
    const asked = performance.now()
    await Promise.all(pairs.map((pair, index) => redeemAll(pair, codes[index]!)))
    taken.silent += asked - start
    taken.token += performance.now() - asked
    taken.codes += clients * codesPerClient
  }
  const cpuSeconds = (await side.cpuSeconds()) - cpuBefore
  const { silent, token, codes } = taken
  return {
    silent: (codes / silent) * 1000,
    token: (codes / token) * 1000,
    cpuMilliseconds: (cpuSeconds / codes) * 1000,
  }
}

async function askForCodes(pair: Pair): Promise<readonly string[]> {
  const codes: string[] = []
  while (codes.length < codesPerClient) codes.push(await pair.authorize())
  return codes
}

async function redeemAll(pair: Pair, codes: readonly string[]): Promise<void> {
  for (const code of codes) await pair.redeem(code)
}
