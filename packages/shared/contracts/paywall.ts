import type { Standing } from './members.ts'

/** Who a post is shown to. Feeds, search, the fediverse and JSON-LD are anonymous readers. */
export type PostReader =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'member'
      readonly isPaying: boolean
      /** Whether the member holds one of the tiers that a post of visibility `tiers` asks for. */
      readonly isInTier?: boolean
    }
  /** Editors and the post's authors. */
  | { readonly kind: 'staff' }

export type PostVisibility = 'public' | 'members' | 'paid' | 'tiers'

export const anonymousReader: PostReader = { kind: 'anonymous' }

/** What a post asks of its readers. */
export interface Gated {
  readonly visibility: PostVisibility
  /** For a post of visibility `tiers`. */
  readonly tierIds?: readonly string[]
}

/** Who a signed-in member is to this post. */
export function memberReader(standing: Standing, post: Gated): PostReader {
  return {
    kind: 'member',
    isPaying: standing.isPaying,
    isInTier: (post.tierIds ?? []).some((id) => standing.tierIds.includes(id)),
  }
}

export interface MarkedPart {
  readonly kind: 'html' | 'marker'
  readonly html: string
}

const membersOnly = /<!--\s*members-only\s*-->/
const blockBegin = /^<!--\s*kg-gated-block:begin\b([^>]*?)-->$/
const blockEnd = /^<!--\s*kg-gated-block:end\s*-->$/
const markers =
  /(<!--\s*members-only\s*-->|<!--\s*kg-gated-block:begin\b[^>]*?-->|<!--\s*kg-gated-block:end\s*-->)/

/**
 * What of a post's html this reader may be sent. It is the only place that decides so: whatever
 * leaves the platform (page, feed, search excerpt, JSON-LD, activity, API) goes through here first.
 *
 * A reader without access gets what stands before the `members-only` marker, or nothing where there
 * is no marker, as Ghost does. Blocks that a card shows to some readers only are kept or dropped
 * one by one. When a block's marks are damaged, what follows is hidden rather than leaked.
 */
export function visibleHtml(html: string, visibility: PostVisibility, reader: PostReader): string {
  if (canRead(visibility, reader)) return visibleBlocks(html, reader)
  const cut = html.search(membersOnly)
  return cut === -1 ? '' : visibleBlocks(html.slice(0, cut), reader).trimEnd()
}

/** Whether the reader may see all of a post of this visibility. */
export function canRead(visibility: PostVisibility, reader: PostReader): boolean {
  if (visibility === 'public' || reader.kind === 'staff') return true
  if (reader.kind === 'anonymous') return false
  switch (visibility) {
    case 'members':
      return true
    case 'paid':
      return reader.isPaying
    case 'tiers':
      return reader.isInTier === true
  }
}

/** The parts of a post between its paywall and block markers, and the markers, in order. */
export function splitAtMarkers(html: string): readonly MarkedPart[] {
  return html
    .split(markers)
    .map((part, index): MarkedPart => ({ kind: index % 2 === 1 ? 'marker' : 'html', html: part }))
    .filter((part) => part.html !== '')
}

function visibleBlocks(html: string, reader: PostReader): string {
  if (!markers.test(html)) return html
  let hiddenBlocks = 0
  let openBlocks = 0
  let visible = ''
  for (const part of splitAtMarkers(html)) {
    if (part.kind === 'html') {
      if (hiddenBlocks === 0) visible += part.html
    } else if (blockBegin.test(part.html)) {
      openBlocks += 1
      if (hiddenBlocks > 0 || !isShownTo(part.html, reader)) hiddenBlocks += 1
    } else if (blockEnd.test(part.html) && openBlocks > 0) {
      openBlocks -= 1
      if (hiddenBlocks > 0) hiddenBlocks -= 1
    }
  }
  return visible
}

/** Ghost's conditions: `nonMember:false memberSegment:"status:free,status:-free"`. */
function isShownTo(marker: string, reader: PostReader): boolean {
  if (reader.kind === 'staff') return true
  if (reader.kind === 'anonymous') return /\bnonMember:["']?true\b/.test(marker)
  const segment = /\bmemberSegment:["']([^"']*)["']/.exec(marker)?.[1] ?? ''
  const wanted = reader.isPaying ? 'status:-free' : 'status:free'
  return segment.split(',').some((part) => part.trim() === wanted)
}
