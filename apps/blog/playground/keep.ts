/// <reference lib="dom" />

const storageKey = 'datalog-playground'

/** What was typed here before; undefined too where a browser keeps nothing. */
export function recallProgram(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined
  } catch {
    return undefined
  }
}

export function rememberProgram(text: string): void {
  try {
    localStorage.setItem(storageKey, text)
  } catch {
    // A private window, or a full store: the page works without.
  }
}

/** A link with the program behind the `#`, which browsers do not send to servers. */
export async function linkTo(program: string): Promise<string> {
  const packed = await through(
    new CompressionStream('deflate-raw'),
    new TextEncoder().encode(program),
  )
  const text = btoa(String.fromCodePoint(...packed))
  const safe = text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return `${location.origin}${location.pathname}#program=${safe}`
}

/** The program of the address, when there is one that can be read. */
export async function linkedProgram(hash: string): Promise<string | undefined> {
  const packed = /^#program=([\w-]+)$/.exec(hash)?.[1]
  if (!packed) return undefined
  try {
    const text = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(text, (character) => character.codePointAt(0) ?? 0)
    return new TextDecoder().decode(await through(new DecompressionStream('deflate-raw'), bytes))
  } catch {
    return undefined
  }
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const body = new Blob([bytes]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(body).arrayBuffer())
}
