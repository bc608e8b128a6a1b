import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { prepareToClose } from '@rose-ash/shared/infrastructure/closing'

const firstPort = 8000
const lastPort = 8099

/** How long answers under way may take once somebody has pressed Ctrl-C. */
const closeMilliseconds = 2000

export interface Listening extends AsyncDisposable {
  readonly port: number
}

/** Listens on `port`, or on the first free one from 8000 when none is given. */
export async function listenForVisitors(
  listener: RequestListener,
  options: { readonly host: string; readonly port: number | undefined },
): Promise<Listening> {
  if (options.port !== undefined)
    return listen(listener, { host: options.host, port: options.port })
  for (let port = firstPort; port <= lastPort; port += 1) {
    try {
      return await listen(listener, { host: options.host, port })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
  throw new Error(`No port from ${firstPort} to ${lastPort} is free. Set PORT to one that is.`)
}

/** Port 0 takes any free one. */
export async function listen(
  listener: RequestListener,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer(
    // An hour for a request: the import takes large files.
    { requestTimeout: 3_600_000, headersTimeout: 20_000, keepAliveTimeout: 72_000 },
    listener,
  )
  const finishAnswers = prepareToClose(server, closeMilliseconds)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        finishAnswers()
      }),
  }
}
