import { splitAtMarkers } from '@rose-ash/shared/contracts/paywall'
import sanitizeHtml, { type IFrame, type IOptions, type Tag } from 'sanitize-html'
import { allowedAttributes, allowedTags } from './allow-list.ts'
import { safeFrame } from './frames.ts'
import { insideImage, insideMedia, insideSource } from './outside-media.ts'

/**
 * HTML that may stand in a page under `script-src 'self'; style-src 'self'`: no scripts, styles,
 * handlers, forms, frames or script addresses. The paywall's markers stay.
 *
 * Each part between two markers, and each HTML card, is made safe and closed by itself: a page cut
 * at a marker is still well formed, and a tag left open in one card cannot swallow the next.
 */
export function sanitise(html: string): string {
  return splitAtMarkers(html)
    .map((part) => (part.kind === 'marker' ? part.html : sanitiseCards(part.html)))
    .join('')
    .trim()
}

function sanitiseCards(html: string): string {
  return html
    .split(/<!--\s*kg-card-(?:begin|end):[^>]*-->/)
    .map((card) => sanitizeHtml(card, options))
    .join('')
}

const options: IOptions & { allowedEmptyAttributes: string[] } = {
  allowedTags: [...allowedTags],
  allowedAttributes: Object.fromEntries(
    Object.entries(allowedAttributes).map(([tag, names]) => [tag, [...names]]),
  ),
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'srcset', 'poster', 'cite'],
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'xmp',
    'template',
    'svg',
    'math',
  ],
  allowedEmptyAttributes: ['alt', 'download'],
  nestingLimit: 100,
  parseStyleAttributes: false,
  transformTags: {
    iframe: (_tagName, attributes) => safeFrame(attributes),
    img: insideImage,
    audio: insideMedia,
    video: insideMedia,
    source: insideSource,
    track: insideSource,
    a: (tagName, attributes) => ({ tagName, attribs: safeLink(attributes) }),
    '*': (tagName, attributes) => ({ tagName, attribs: withoutBehaviour(attributes) }),
  },
  exclusiveFilter: hasLostItsSource,
}

/** A page opened in a new tab must not steer this one. */
function safeLink(attributes: Tag['attribs']): Tag['attribs'] {
  if (!attributes['target']) return attributes
  const relations = new Set((attributes['rel'] ?? '').split(/\s+/).filter(Boolean))
  return { ...attributes, rel: [...relations.add('noopener')].join(' ') }
}

/** htmx also reads its instructions from `data-hx-*`. */
function withoutBehaviour(attributes: Tag['attribs']): Tag['attribs'] {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => !/^data-(hx|on)/i.test(name)),
  )
}

const media = new Set(['iframe', 'img', 'source', 'track'])

/** `frame.tag` is the tag in the source, also where something else stands for it now. */
function hasLostItsSource(frame: IFrame): boolean {
  return media.has(frame.tag) && !['src', 'srcset', 'href'].some((name) => name in frame.attribs)
}
