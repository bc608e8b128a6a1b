import { findEntry, type ShownEntry } from './describe-menu.ts'
import type { ChangeForm } from './schemas.ts'

/** What an editor wanted while somebody else changed the menu, and what to send to do it after all. */
export interface Tried {
  readonly sentence: string
  /** Empty when it cannot be done any more. */
  readonly fields: readonly { readonly name: string; readonly value: string }[]
}

const names = ['action', 'id', 'label', 'target', 'address', 'parentId', 'index'] as const

export function describeTried(
  form: ChangeForm,
  sent: Readonly<Record<string, unknown>>,
  entries: readonly ShownEntry[],
): Tried {
  const entry = form.action === 'add' ? undefined : findEntry(entries, form.id)
  const isPossible = form.action === 'add' || form.action === 'restore' || entry !== undefined
  const name = entry ? `“${entry.label}”` : 'an entry that is not there any more'
  return {
    sentence: `You wanted to ${sentenceOf(form, name)}.`,
    fields: isPossible
      ? names.flatMap((field) => {
          const value = sent[field]
          return typeof value === 'string' ? [{ name: field, value }] : []
        })
      : [],
  }
}

function sentenceOf(form: ChangeForm, name: string): string {
  switch (form.action) {
    case 'add':
      return form.label ? `add “${form.label}”` : 'add an entry'
    case 'rename':
      return `call ${name} “${form.label}”`
    case 'up':
    case 'down':
      return `move ${name} ${form.action}`
    case 'in':
      return `put ${name} under the entry before it`
    case 'out':
      return `move ${name} one level out`
    case 'place':
      return `move ${name} to another place`
    case 'remove':
      return `delete ${name}`
    case 'restore':
      return 'put back what was deleted'
  }
}
