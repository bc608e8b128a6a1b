/** Whether the authorization server answers, asked at most once in five seconds. */
export interface Availability {
  isAvailable(): Promise<boolean>
}

const keptMilliseconds = 5000
const timeoutMilliseconds = 500

/** Nobody is sent to a server that does not answer: there the visit would end. */
export function createAvailability(healthUrl: string): Availability {
  let known: { readonly answer: Promise<boolean>; readonly askedAt: number } | undefined

  return {
    isAvailable() {
      const now = Date.now()
      if (!known || now - known.askedAt > keptMilliseconds) {
        known = { answer: isAnswering(healthUrl), askedAt: now }
      }
      return known.answer
    },
  }
}

async function isAnswering(url: string): Promise<boolean> {
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
