/// <reference lib="dom" />
import type { EditorAdapters, LinkGroup } from './adapters.ts'
import { askServer } from './ask-server.ts'
import { sendFile } from './send-file.ts'
import { createSnippets } from './snippets.ts'
import { createTheme } from './theme.ts'

/** Where the site's parts answer, as the page's `data-*-url` attributes say. */
export interface Addresses {
  readonly mediaUrl: string
  readonly embedsUrl: string
  readonly linksUrl: string
  readonly snippetsUrl: string
}

export async function createSiteAdapters(addresses: Addresses): Promise<EditorAdapters> {
  return {
    async upload(file, kind, onProgress) {
      const answer = await sendFile(`${addresses.mediaUrl}?kind=${kind}`, file, onProgress)
      return { url: String(answer['url']), fileName: file.name }
    },
    fetchEmbed: (url, type) => askServer(withQuery(addresses.embedsUrl, { url, type })),
    async searchLinks(term = '') {
      const { groups } = await askServer(withQuery(addresses.linksUrl, { q: term }))
      return groups as readonly LinkGroup[]
    },
    snippets: await createSnippets(addresses.snippetsUrl),
    theme: createTheme(),
    site: { url: location.origin, title: document.title, description: '' },
  }
}

export function withQuery(path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(path, location.href)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}
