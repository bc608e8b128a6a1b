/** Whether the authorization server answers. */
export interface Availability {
  /** For visits that nobody asked for: asked at most once in five seconds, and not waited for. */
  isQuick(): Promise<boolean>
  /** For somebody who wants to sign in and would rather wait a moment than hear no. Always asked. */
  isAnswering(): Promise<boolean>
}

const keptMilliseconds = 5000
const quickMilliseconds = 500
const patientMilliseconds = 4000

/** Nobody is sent to a server that does not answer: there the visit would end. */
export function createAvailability(healthUrl: string): Availability {
  let known: { readonly answer: Promise<boolean>; readonly askedAt: number } | undefined

  return {
    isQuick() {
      const now = Date.now()
      if (!known || now - known.askedAt > keptMilliseconds) {
        known = { answer: ask(healthUrl, quickMilliseconds), askedAt: now }
      }
      return known.answer
    },
    isAnswering: () => ask(healthUrl, patientMilliseconds),
  }
}

async function ask(url: string, timeoutMilliseconds: number): Promise<boolean> {
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
