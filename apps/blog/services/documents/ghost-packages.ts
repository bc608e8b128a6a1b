import { createRequire } from 'node:module'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { NodeRenderers } from './cards.ts'
import type { LexicalDocument } from './lexical.ts'

/** As far as we use it; `@tryghost/kg-lexical-html-renderer` has the rest. */
export interface GhostRenderer {
  render(lexical: string, options: GhostRenderOptions): Promise<string>
}

export interface GhostRenderOptions {
  readonly target: 'html' | 'email'
  readonly siteUrl: string
  readonly siteUuid: string
  readonly postUrl: string
  readonly imageOptimization: {
    readonly srcsets: boolean
    readonly contentImageSizes: Readonly<Record<string, { readonly width: number }>>
  }
  readonly canTransformImage: (address: string) => boolean
  readonly nodeRenderers?: NodeRenderers
}

interface GhostNodeClass {
  getType(): string
}

/** A class, or the replacement of a built-in one: `{ replace: TextNode, with: … }`. */
type GhostNode = GhostNodeClass | { readonly replace: GhostNodeClass }

export interface GhostPackages {
  readonly LexicalHTMLRenderer: new (options: {
    readonly nodes: readonly GhostNode[]
    readonly onError: (error: Error) => void
  }) => GhostRenderer
  readonly nodes: readonly GhostNode[]
  readonly mobiledocToLexical: (mobiledoc: string) => string
  readonly htmlToLexical: (html: string) => LexicalDocument
}

const require = createRequire(import.meta.url)

/**
 * Ghost's own packages. Their ES modules do not load in Node, because Lexical 0.13 is CommonJS; so
 * they are required, here and nowhere else. The first call takes half a second of CPU, in pieces, so
 * that a server goes on answering; the converters are loaded when the first post needs them.
 */
export async function loadGhostPackages(): Promise<GhostPackages> {
  const { DEFAULT_NODES: nodes } = require('@tryghost/kg-default-nodes')
  await yieldToOthers()
  const { LexicalHTMLRenderer } = require('@tryghost/kg-lexical-html-renderer')
  await yieldToOthers()
  return {
    nodes,
    LexicalHTMLRenderer,
    mobiledocToLexical: (mobiledoc) =>
      require('@tryghost/kg-converters').mobiledocToLexical(mobiledoc),
    htmlToLexical: (html) => require('@tryghost/kg-html-to-lexical').htmlToLexical(html),
  }
}

/** Lexical's own node types, which the renderer adds to Ghost's. */
const lexicalTypes =
  'root paragraph text linebreak tab heading quote list listitem link autolink'.split(' ')

/** Every node type that can be rendered. */
export function knownNodeTypes(packages: GhostPackages): ReadonlySet<string> {
  const types = packages.nodes.map((node) => ('getType' in node ? node : node.replace).getType())
  return new Set([...lexicalTypes, ...types])
}
