import { z } from 'zod'

/** One node of a Lexical document. What a node holds besides depends on its type. */
export interface LexicalNode {
  readonly type: string
  readonly version?: number
  readonly children?: readonly LexicalNode[]
  readonly [property: string]: unknown
}

/** A post's body as it is stored: Lexical's serialised state with Ghost's node set. */
export interface LexicalDocument {
  readonly root: LexicalNode
}

const documentSchema = z.looseObject({
  root: z.looseObject({ type: z.literal('root'), children: z.array(z.looseObject({})) }),
})

/** An empty post. */
export const blankDocument: LexicalDocument = {
  root: {
    children: [
      { children: [], direction: null, format: '', indent: 0, type: 'paragraph', version: 1 },
    ],
    direction: null,
    format: '',
    indent: 0,
    type: 'root',
    version: 1,
  },
}

/** Undefined when `json` is no Lexical document. Nodes are not looked into. */
export function findDocument(json: string): LexicalDocument | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return isDocument(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A guard, because zod's own result has its keys in another order. */
export function isDocument(value: unknown): value is LexicalDocument {
  return documentSchema.safeParse(value).success
}
