import { z } from 'zod'

const slug = z.string().min(1).max(191)
const year = z
  .string()
  .regex(/^\d{4}$/)
  .transform(Number)
const twoDigits = z
  .string()
  .regex(/^\d{1,2}$/)
  .transform(Number)

export const calendarParams = z.object({ page: slug, calendar: slug })
export const monthParams = calendarParams.extend({ year, month: twoDigits })
export const dayParams = monthParams.extend({ day: twoDigits })
export const entryParams = dayParams.extend({ id: z.uuid() })
