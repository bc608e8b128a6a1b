import { escapeHtml } from '../documents/escape.ts'
import { type Box, layOutTypes, type Line, type Point } from './lay-out-types.ts'

export interface DrawnType {
  readonly slug: string
  readonly title: string
  readonly url: string
  readonly instanceCount: number
  /** “All of”, “Any of”, or nothing. */
  readonly note: string | null
}

export interface DrawnArrow {
  /** Slugs: of the type that is below or made of others, and of the one that it leads to. */
  readonly from: string
  readonly to: string
  readonly kind: 'subtype-of' | 'all-of' | 'any-of'
}

/** Of a wide face, such as DejaVu Sans: text has to fit whatever the system’s own is. */
const letterWidth = 9
const mostLetters = 24
const padding = 14

/**
 * The types as an SVG: what is above on the left, subtypes to the right of it. The picture is an image with a title and
 * a description; the types on it are links, outside of the image, so that a keyboard and a screen reader come to them.
 */
export function drawTypes(types: readonly DrawnType[], arrows: readonly DrawnArrow[]): string {
  const places = new Map(types.map(({ slug }, place) => [slug, place]))
  const drawn = arrows.flatMap((arrow) => {
    const [lower, upper] = [places.get(arrow.from), places.get(arrow.to)]
    // What leads to itself has nowhere to go.
    return lower === undefined || upper === undefined || lower === upper
      ? []
      : [{ kind: arrow.kind, pair: [lower, upper] as const }]
  })
  const { boxes, lines, width, height } = layOutTypes(
    types.map(widthOf),
    drawn.map(({ pair }) => pair),
  )
  const size = `width="${round(width)}" height="${round(height)}"`
  return [
    `<svg class="type-map" ${size} viewBox="0 0 ${round(width)} ${round(height)}">`,
    '<g role="img" aria-labelledby="type-map-title type-map-description">',
    '<title id="type-map-title">The types and how they stand to each other</title>',
    `<desc id="type-map-description">${escapeHtml(describe(types, drawn.length))}</desc>`,
    '<defs><marker id="type-map-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"',
    ' orient="auto-start-reverse"><path class="type-map-head" d="M0 0 8 4 0 8Z"/></marker></defs>',
    ...lines.map((line, place) => drawLine(line, drawn[place]?.kind ?? 'subtype-of')),
    '</g>',
    ...types.map((type, place) => drawType(type, boxes[place] as Box)),
    '</svg>',
  ].join('')
}

function describe(types: readonly DrawnType[], arrowCount: number): string {
  const counts = `${types.length} ${types.length === 1 ? 'type' : 'types'} and ${arrowCount} ${arrowCount === 1 ? 'arrow' : 'arrows'}.`
  return `${counts} An arrow leads from a type to the one above it; a dashed one to a type that it is made of. The list of types says the same in words.`
}

function widthOf({ title, note, instanceCount }: DrawnType): number {
  const letters = Math.max(shorten(title).length, secondLine(note, instanceCount).length * 0.8, 6)
  return Math.round(letters * letterWidth + 2 * padding)
}

function drawType({ title, url, note, instanceCount }: DrawnType, box: Box): string {
  const { x, y, width, height } = box
  return [
    `<a class="type-map-type" href="${escapeHtml(url)}">`,
    title.length > mostLetters ? `<title>${escapeHtml(title)}</title>` : '',
    `<rect x="${round(x)}" y="${round(y)}" width="${width}" height="${height}" rx="6"/>`,
    `<text x="${round(x + padding)}" y="${round(y + 20)}">${escapeHtml(shorten(title))}</text>`,
    `<text class="type-map-count" x="${round(x + padding)}" y="${round(y + 37)}">`,
    `${escapeHtml(secondLine(note, instanceCount))}</text></a>`,
  ].join('')
}

function secondLine(note: string | null, instanceCount: number): string {
  return note === null ? String(instanceCount) : `${instanceCount} · ${note}`
}

function shorten(title: string): string {
  return title.length > mostLetters ? `${title.slice(0, mostLetters - 1).trimEnd()}…` : title
}

function drawLine({ points, isTurned }: Line, kind: DrawnArrow['kind']): string {
  const head = `marker-${isTurned ? 'start' : 'end'}="url(#type-map-head)"`
  const dashes = kind === 'subtype-of' ? '' : ' stroke-dasharray="5 4"'
  return `<path class="type-map-line" data-kind="${kind}" d="${curve(points)}"${dashes} ${head}/>`
}

/** Level where it leaves and where it arrives; straight across a layer between. */
function curve(points: readonly Point[]): string {
  return points
    .map(({ x, y }, step) => {
      if (step === 0) return `M${round(x)} ${round(y)}`
      const before = points[step - 1] as Point
      if (step % 2 === 0) return `L${round(x)} ${round(y)}`
      const middle = round((before.x + x) / 2)
      return `C${middle} ${round(before.y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`
    })
    .join('')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
