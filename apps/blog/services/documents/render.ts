import { nodeRenderers } from './cards.ts'
import { type GhostPackages, type GhostRenderOptions, knownNodeTypes } from './ghost-packages.ts'
import { imageWidths } from './image-paths.ts'
import type { LexicalDocument, LexicalNode } from './lexical.ts'
import { publicTextOf, readingMinutesOf } from './plaintext.ts'
import { sanitise } from './sanitise.ts'
import { replaceUnknownNodes } from './unknown-nodes.ts'

/** What is derived from a body when it is saved. */
export interface RenderedDocument {
  /** The document with unknown nodes replaced: what is stored as the body. */
  readonly lexical: LexicalDocument
  /** Safe to put in a page, and whole: what a reader may see of it is `visibleHtml`'s to say. */
  readonly html: string
  /** Without the blocks that are not for everybody, since excerpts and search are made of it. */
  readonly plaintext: string
  readonly readingMinutes: number
  readonly unknownNodes: readonly LexicalNode[]
}

export interface DocumentRenderer {
  /** Throws when the document cannot be rendered whole. About 10 ms for a long post. */
  render(document: LexicalDocument): Promise<RenderedDocument>
  /** Ghost's HTML as Ghost stores it: not safe to show. */
  renderAsGhost(document: LexicalDocument, site?: Partial<GhostRenderOptions>): Promise<string>
}

const ghostOptions: GhostRenderOptions = {
  target: 'html',
  siteUrl: '',
  siteUuid: '',
  postUrl: '',
  imageOptimization: {
    srcsets: true,
    contentImageSizes: Object.fromEntries(imageWidths.map((width) => [`w${width}`, { width }])),
  },
  canTransformImage: (address) => !/\.(ico|svg)$/i.test(address),
}

/** One renderer may be used for any number of posts, and holds a DOM for them. */
export function createDocumentRenderer(packages: GhostPackages): DocumentRenderer {
  const knownTypes = knownNodeTypes(packages)
  const failures: Error[] = []
  const renderer = new packages.LexicalHTMLRenderer({
    nodes: packages.nodes,
    onError: (error) => void failures.push(error),
  })

  // One after the other, so that a failure is known to belong to the document in hand.
  let tail: Promise<unknown> = Promise.resolve()
  const renderHtml = (document: LexicalDocument, options: GhostRenderOptions) => {
    const rendered = tail.then(async () => {
      failures.length = 0
      const html = await renderer.render(JSON.stringify(document), { ...options })
      if (failures[0]) throw failures[0]
      return html
    })
    tail = rendered.catch(() => undefined)
    return rendered
  }

  return {
    renderAsGhost: (document, site) => renderHtml(document, { ...ghostOptions, ...site }),
    async render(original) {
      const { document, unknownNodes } = replaceUnknownNodes(original, knownTypes)
      const html = sanitise(await renderHtml(document, { ...ghostOptions, nodeRenderers }))
      const plaintext = publicTextOf(html, 'public')
      const readingMinutes = readingMinutesOf(html, plaintext)
      return { lexical: document, html, plaintext, readingMinutes, unknownNodes }
    },
  }
}
