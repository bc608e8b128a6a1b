import { type MenuEntry, menuLevels, type NavigationNode } from '@rose-ash/shared/contracts/blog'
import { entriesAtMost } from '../../../services/navigation/menu-changes.ts'

/** An entry as the partial nav-editor-entry shows it. */
export interface ShownEntry {
  readonly id: string
  readonly label: string
  readonly kind: string
  readonly url: string | null
  readonly isElsewhere: boolean
  readonly isHidden: boolean
  readonly whyHidden: string | null
  readonly level: number
  /** In words, for whoever cannot see it: `2 of 4, under About us`. */
  readonly place: string
  readonly canUp: boolean
  readonly canDown: boolean
  readonly canIn: boolean
  readonly canOut: boolean
  readonly canHold: boolean
  readonly children: readonly ShownEntry[]
  readonly attached: readonly NavigationNode[]
}

const kinds = { post: 'Post', tag: 'Tag', market: 'Market place', calendar: 'Calendar' } as const

export function describeEntries(
  entries: readonly MenuEntry[],
  { parent, level }: { readonly parent: string | undefined; readonly level: number } = {
    parent: undefined,
    level: 1,
  },
): readonly ShownEntry[] {
  return entries.map((entry, index) => {
    const { id, label, url, isElsewhere, state } = entry
    const before = entries[index - 1]
    return {
      id,
      label,
      url,
      isElsewhere,
      level,
      kind: kindOf(entry),
      isHidden: state !== 'shown',
      whyHidden: whyHidden(entry),
      place: `${index + 1} of ${entries.length}, ${parent === undefined ? 'at the top' : `under ${parent}`}`,
      canUp: index > 0,
      canDown: index < entries.length - 1,
      canIn: before !== undefined && level + heightOf(entry) <= menuLevels,
      canOut: level > 1,
      canHold: level < menuLevels,
      children: describeEntries(entry.children, { parent: label, level: level + 1 }),
      attached: entry.attached,
    }
  })
}

/** Where an entry may be put: the entries that can have others under them. */
export function placesFor(
  entries: readonly ShownEntry[],
): readonly { id: string; label: string }[] {
  return entries.flatMap(({ id, label, level, canHold, children }) =>
    canHold ? [{ id, label: `${'— '.repeat(level - 1)}${label}` }, ...placesFor(children)] : [],
  )
}

export function isFull(entries: readonly ShownEntry[]): boolean {
  return countOf(entries) >= entriesAtMost
}

export function findEntry(
  entries: readonly ShownEntry[],
  id: string | undefined,
): ShownEntry | undefined {
  for (const entry of entries) {
    const found = entry.id === id ? entry : findEntry(entry.children, id)
    if (found) return found
  }
  return undefined
}

function countOf(entries: readonly ShownEntry[]): number {
  return entries.reduce((sum, { children }) => sum + 1 + countOf(children), 0)
}

function heightOf(entry: MenuEntry): number {
  return 1 + Math.max(0, ...entry.children.map(heightOf))
}

function kindOf({ target, isElsewhere }: MenuEntry): string {
  if (isElsewhere) return 'Elsewhere'
  if (!target) return 'Address'
  return target.isPage ? 'Page' : kinds[target.kind]
}

function whyHidden({ state, target }: MenuEntry): string | null {
  if (state === 'gone') return 'Not shown: what it led to is gone.'
  if (state !== 'unpublished') return null
  if (target?.kind === 'tag') return 'Not shown: the tag is internal.'
  if (target?.kind === 'post') return 'Not shown until it is published.'
  return 'Not shown until its page is published.'
}
