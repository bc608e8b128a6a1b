import type { StatusChange } from '@rose-ash/shared/contracts/comment-moderation'

const letters = { published: 'p', held: 'w', hidden: 'h' } as const
const statuses: Readonly<Record<string, StatusChange['from']>> = {
  p: 'published',
  w: 'held',
  h: 'hidden',
}
const pattern = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.([pwh])([pwh])$/

/** What was done, in an address and in the form that undoes it. */
export function writeChanges(changes: readonly StatusChange[]): string {
  return changes.map(({ id, from, to }) => `${id}.${letters[from]}${letters[to]}`).join(',')
}

/** What does not read as a change is left out. */
export function readChanges(text: string): readonly StatusChange[] {
  return text.split(',').flatMap((part) => {
    const [, id, was, is] = pattern.exec(part) ?? []
    const [from, to] = [statuses[was ?? ''], statuses[is ?? '']]
    return id && from && to && from !== to ? [{ id, from, to }] : []
  })
}

/** In one sentence, as the notice shows it. */
export function describeChanges(changes: readonly StatusChange[]): string {
  const to = changes[0]?.to
  const comments = changes.length === 1 ? '1 comment is' : `${changes.length} comments are`
  return to === 'hidden' ? `${comments} hidden.` : `${comments} published.`
}
