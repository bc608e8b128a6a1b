import type { EditorAdapters, Snippet } from '../adapters.ts'

/** What Koenig's cards may do. Everything that would ask another site is off. */
export function createCardConfig(adapters: EditorAdapters, snippets: readonly Snippet[]): object {
  const { site } = adapters
  return {
    siteUrl: site.url,
    siteTitle: site.title,
    siteDescription: site.description,
    fetchEmbed: (url: string, { type }: { type?: string } = {}) =>
      adapters.fetchEmbed(url, type === 'bookmark' ? 'bookmark' : 'embed'),
    searchLinks: (term?: string) => adapters.searchLinks(term),
    fetchAutocompleteLinks: async () => [{ label: 'Home', value: `${site.url}/` }],
    fetchLabels: async () => [],
    snippets,
    createSnippet: (snippet: Snippet) => adapters.snippets.create(snippet),
    deleteSnippet: ({ name }: Pick<Snippet, 'name'>) => adapters.snippets.remove(name),
    membersEnabled: true,
    stripeEnabled: true,
    visibilitySettings: 'web and email',
    deprecated: { headerV1: true },
    feature: {},
    post: { displayName: 'post', visibility: 'public' },
    renderLabels: false,
    unsplash: null,
    tenor: null,
    klipy: null,
    pinturaConfig: null,
  }
}
