import { z } from 'zod'
import type { GhostPackages } from './ghost-packages.ts'
import { blankDocument, findDocument, type LexicalDocument } from './lexical.ts'
import { parseJson } from './parse-json.ts'

const mobiledocSchema = z.looseObject({
  ghostVersion: z.string().optional(),
  cards: z.array(z.tuple([z.string()]).rest(z.unknown())),
})

/**
 * A mobiledoc of any Ghost version as Lexical, by the rules of Ghost 6's own importer. `isLegible`
 * is false when there was nothing to convert, and the document then is empty.
 */
export function convertMobiledoc(
  mobiledoc: string,
  { mobiledocToLexical }: Pick<GhostPackages, 'mobiledocToLexical'>,
): { readonly document: LexicalDocument; readonly isLegible: boolean } {
  const cleaned = cleanMobiledoc(mobiledoc)
  const document = cleaned && findDocument(mobiledocToLexical(cleaned))
  return document ? { document, isLegible: true } : { document: blankDocument, isLegible: false }
}

function cleanMobiledoc(json: string): string | undefined {
  const parsed = mobiledocSchema.safeParse(parseJson(json))
  if (!parsed.success) return undefined
  const cards = parsed.data.cards.map(([name, payload, ...rest]) => [
    name === 'card-markdown' ? 'markdown' : name,
    name === 'image' ? withCardWidth(payload) : payload,
    ...rest,
  ])
  // Before Ghost 4 the version was not written; headings then had other ids.
  return JSON.stringify({ ...parsed.data, cards, ghostVersion: parsed.data.ghostVersion ?? '3.0' })
}

function withCardWidth(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null || !('imageStyle' in payload)) return payload
  const { imageStyle, ...rest } = payload
  return imageStyle ? { ...rest, cardWidth: imageStyle } : payload
}
