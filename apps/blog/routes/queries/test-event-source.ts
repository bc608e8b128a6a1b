/** What came of one event stream, for tests. */
export interface TestEventSource {
  readonly status: number
  readonly headers: Headers
  /** The next event; waits for it. Comments are none. */
  next(): Promise<{ id: string; kind: string; data: unknown } | undefined>
  close(): Promise<void>
}

export async function openEventSource(
  url: string,
  headers: Record<string, string> = {},
): Promise<TestEventSource> {
  const ending = new AbortController()
  const response = await fetch(url, { headers, signal: ending.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''

  async function nextBlock(): Promise<string | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        return block
      }
      const { value, done } = await reader.read()
      if (done) return undefined
      text += value
    }
  }

  return {
    status: response.status,
    headers: response.headers,
    async next() {
      for (;;) {
        const block = await nextBlock()
        if (block === undefined) return undefined
        const fields = Object.fromEntries(
          block.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line)?.slice(1) ?? ['', '']),
        )
        const { id, event, data } = fields
        if (event) return { id, kind: event, data: JSON.parse(data) }
      }
    },
    async close() {
      ending.abort()
      await reader.cancel().catch(() => undefined)
    },
  }
}
