/// <reference lib="dom" />

/** What the server would not do, in its own sentence. `answer` is what else it said. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  readonly status: number
  readonly answer: Readonly<Record<string, unknown>>

  constructor(status: number, answer: Readonly<Record<string, unknown>>) {
    super(sentenceOf(answer))
    this.status = status
    this.answer = answer
  }
}

/** Throws RefusedError, or what the browser throws when nobody answers. */
export async function askServer(
  url: string | URL,
  options: Omit<RequestInit, 'headers'> & { headers?: Readonly<Record<string, string>> } = {},
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, {
    ...options,
    headers: { accept: 'application/json', ...options.headers },
    // A page for signing in is no answer.
    redirect: 'error',
  })
  const answer = readAnswer(await response.text())
  if (!response.ok) throw new RefusedError(response.status, answer)
  return answer
}

export function readAnswer(text: string): Readonly<Record<string, unknown>> {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null ? { ...answer } : {}
  } catch {
    return {}
  }
}

function sentenceOf(answer: Readonly<Record<string, unknown>>): string {
  const sentence = answer['message'] ?? answer['detail'] ?? answer['error']
  return typeof sentence === 'string' ? sentence : 'That did not work. Please try again.'
}
