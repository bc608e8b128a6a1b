import type { AppName } from '@rose-ash/shared/contracts/apps'
import type { BlogService } from '@rose-ash/shared/contracts/blog'
import { addressOfTarget, readTypedAddress } from '../../../services/navigation/menu-address.ts'
import type { MenuChange } from '../../../services/navigation/menu-changes.ts'
import type { ChangeForm } from './schemas.ts'

interface Reading {
  readonly blog: Pick<BlogService, 'findMenuTarget'>
  readonly publicUrls: Readonly<Record<AppName, string>>
  readonly mayUseDrafts: boolean
}

/** The change that a form asks for, or a sentence that says what is wrong with it. */
export async function readChange(
  form: ChangeForm,
  reading: Reading,
): Promise<MenuChange | { readonly problem: string }> {
  if (form.action === 'add') return readAddition(form, reading)
  if (form.action === 'place') return { ...form, parentId: form.parentId }
  if (form.action !== 'rename') return form
  const { action, id, label, address } = form
  if (address === undefined) return { action, id, label, path: undefined }
  const kept = readTypedAddress(address, reading.publicUrls)
  if ('problem' in kept) return kept
  if (kept.app !== '')
    return { problem: 'That is an address of this site: add it as an entry of its own.' }
  return { action, id, label, path: kept.path }
}

async function readAddition(
  { label, target, address, parentId }: Extract<ChangeForm, { action: 'add' }>,
  { blog, publicUrls, mayUseDrafts }: Reading,
): Promise<MenuChange | { readonly problem: string }> {
  if (target) {
    const found = await blog.findMenuTarget(target.kind, target.id)
    if (!found || !(found.isPublic || mayUseDrafts))
      return { problem: 'What the entry is to lead to is not here any more.' }
    const kept = addressOfTarget(target.kind, target.id)
    if ('problem' in kept) return kept
    return { action: 'add', ...kept, label: label || shorten(found.title), parentId }
  }
  const kept = readTypedAddress(address ?? '', publicUrls)
  if ('problem' in kept) return kept
  if (label === '') return { problem: 'Give the entry a name.' }
  return { action: 'add', ...kept, label, parentId }
}

/** By what people see as one letter each. */
function shorten(title: string): string {
  const text = title.replaceAll(/\s+/g, ' ').trim() || 'Untitled'
  if (text.length <= 80) return text
  return `${text.slice(0, 79).replace(/\p{Surrogate}$/u, '')}…`
}
