/// <reference lib="dom" />
import type { Outcome, OutcomeMessage, Task } from './protocol.ts'

/** The worker as the page sees it. */
export interface EngineClient {
  /** Resolves to undefined when `stop` came first. Rejects for a fault of ours. */
  do(task: Task): Promise<Outcome | undefined>
  /** Ends what is running at once; the next task finds an empty worker. */
  stop(): void
  isBusy(): boolean
}

interface Waiting {
  readonly resolve: (outcome: Outcome | undefined) => void
  readonly reject: (error: Error) => void
}

export function createEngineClient(address: URL, onBusy: (isBusy: boolean) => void): EngineClient {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, Waiting>()

  function settle(id: number, action: (waiting: Waiting) => void): void {
    const found = waiting.get(id)
    if (!found) return
    waiting.delete(id)
    if (waiting.size === 0) onBusy(false)
    action(found)
  }

  function start(): Worker {
    const started = new Worker(address, { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<OutcomeMessage>) => {
      settle(data.id, ({ resolve, reject }) =>
        data.failure === undefined ? resolve(data.outcome) : reject(new Error(data.failure)),
      )
    })
    started.addEventListener('error', (event) => {
      const error = new Error(event.message || 'The engine could not be loaded.')
      for (const id of waiting.keys()) settle(id, ({ reject }) => reject(error))
      end()
    })
    return started
  }

  function end(): void {
    worker?.terminate()
    worker = undefined
  }

  return {
    isBusy: () => waiting.size > 0,
    do(task) {
      worker ??= start()
      const id = ++lastId
      if (waiting.size === 0) onBusy(true)
      const outcome = new Promise<Outcome | undefined>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
      })
      worker.postMessage({ id, task }, [])
      return outcome
    },
    stop() {
      end()
      for (const id of waiting.keys()) settle(id, ({ resolve }) => resolve(undefined))
    },
  }
}
