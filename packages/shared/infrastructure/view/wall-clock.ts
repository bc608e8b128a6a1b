import { instantOf, isDate, localDateOf } from '../../services/events/time.ts'

/** A time as `<input type="datetime-local">` has it, `2026-05-01T09:30`, on the clocks of a zone. */
export function wallTimeOf(instant: Date, timeZone: string): string {
  const { year, month, day } = localDateOf(instant, timeZone)
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(instant)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}`
}

/** The instant of such a time; undefined when it is none. */
export function parseWallTime(text: string, timeZone: string): Date | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/.exec(text)
  if (!found) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number)
  const isTime = isDate({ year, month, day }) && hour < 24 && minute < 60
  return isTime ? instantOf({ year, month, day, hour, minute }, timeZone) : undefined
}
