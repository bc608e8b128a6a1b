/// <reference lib="dom" />
import type { EditorAdapters, Snippet } from './adapters.ts'
import { askServer } from './ask-server.ts'

/** Those of the site, read once. An editor without them is better than none. */
export async function createSnippets(url: string): Promise<EditorAdapters['snippets']> {
  const listeners = new Set<() => void>()
  let snippets = await read(url)
  const change = (next: readonly Snippet[]) => {
    snippets = next
    for (const listener of listeners) listener()
  }
  return {
    list: () => snippets,
    async create(snippet) {
      await askServer(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(snippet),
      })
      const others = snippets.filter(({ name }) => name !== snippet.name)
      change([...others, snippet].toSorted((a, b) => a.name.localeCompare(b.name)))
    },
    async remove(name) {
      await askServer(`${url}?name=${encodeURIComponent(name)}`, { method: 'DELETE' })
      change(snippets.filter((snippet) => snippet.name !== name))
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

async function read(url: string): Promise<readonly Snippet[]> {
  try {
    const { snippets } = await askServer(url)
    return snippets as readonly Snippet[]
  } catch {
    return []
  }
}
