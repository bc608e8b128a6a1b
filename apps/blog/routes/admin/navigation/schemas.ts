import type { MenuTargetKind } from '@rose-ash/shared/contracts/blog'
import { z } from 'zod'

const label = z
  .string()
  .transform((text) => text.replaceAll(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'Give the entry a name.')
      .max(80, 'A name has at most 80 letters.')
      .regex(/^[^\p{Cc}\p{Cs}\p{Co}\p{Cn}]*$/u, 'A name has no control characters.'),
  )

const unclear = 'That is nothing that can be done to a menu.'
const id = z.uuid('That is no entry of this menu.')
/** The top, when it is empty. */
const parentId = z.union([z.literal('').transform(() => undefined), id]).optional()

/** What the forms of the editor send, one change at a time. */
export const changeForm = z.discriminatedUnion(
  'action',
  [
    z.object({
      action: z.literal('add'),
      label: label.or(z.literal('')).default(''),
      /** `calendar:<id>`, as the list of what was found has it. */
      target: z
        .string()
        .regex(
          /^(?:post|tag|market|calendar):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
          unclear,
        )
        .transform((text) => {
          const [kind, targetId] = text.split(':') as [MenuTargetKind, string]
          return { kind, id: targetId }
        })
        .optional(),
      address: z.string().max(2000, unclear).optional(),
      parentId,
    }),
    z.object({
      action: z.literal('rename'),
      id,
      label,
      address: z.string().max(2000, unclear).optional(),
    }),
    z.object({ action: z.enum(['up', 'down', 'in', 'out', 'remove', 'restore']), id }),
    z.object({
      action: z.literal('place'),
      id,
      parentId,
      index: z.coerce.number(unclear).int(unclear).min(0, unclear).max(10_000, unclear),
    }),
  ],
  unclear,
)

export type ChangeForm = z.output<typeof changeForm>

export const versioned = z.object({ version: z.string().max(40).catch('') })

export const asked = z.object({
  q: z.string().max(200).catch(''),
  removed: z.uuid().optional().catch(undefined),
})
