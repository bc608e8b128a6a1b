import type { FilterValue, RelativeTime, TimeUnit } from './filter-tree.ts'

/** The moment that a value of a filter stands for; undefined when it stands for none. */
export function toInstant(value: FilterValue | undefined, now = new Date()): Date | undefined {
  if (value === null || value === undefined || typeof value === 'boolean') return undefined
  if (typeof value === 'object') return within(shifted(now, value))
  if (value === 'now') return now
  const [, day, time = '', zone = ''] = written.exec(String(value)) ?? []
  if (day === undefined) return undefined
  // Without a zone it is UTC, as in Ghost.
  return within(new Date(time ? `${day}T${time}${zone || 'Z'}` : day))
}

const written =
  /^(\d{4}(?:-\d{2}){0,2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[-+]\d{2}:?\d{2})?)?$/

const milliseconds: Readonly<Record<Exclude<TimeUnit, 'M' | 'y'>, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

function shifted(now: Date, { sign, amount, unit }: RelativeTime): Date {
  const steps = sign === '-' ? -amount : amount
  if (unit !== 'M' && unit !== 'y') return new Date(now.getTime() + steps * milliseconds[unit])
  const moved = new Date(now)
  const day = moved.getUTCDate()
  moved.setUTCMonth(moved.getUTCMonth() + (unit === 'y' ? 12 * steps : steps))
  // A month before the 31st of March is the end of February.
  if (moved.getUTCDate() !== day) moved.setUTCDate(0)
  return moved
}

/** Years that PostgreSQL and four digits can say. */
function within(instant: Date): Date | undefined {
  const year = instant.getUTCFullYear()
  return year >= 1 && year <= 9999 ? instant : undefined
}
