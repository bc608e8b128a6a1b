import { z } from 'zod'

/** One line or more, as it was typed; nothing where nothing was sent. */
export const text = z
  .string()
  .transform((typed) => typed.replaceAll('\r\n', '\n').trim())
  .catch('')

/** Boxes of one name that were ticked. */
export const manyTexts = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .catch([])
