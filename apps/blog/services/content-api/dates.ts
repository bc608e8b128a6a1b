/** Writes a date as an answer has it. */
export type WriteDate = (date: Date | null) => string | null

/** `2026-01-31T12:00:00.000Z`. */
export function writeUtc(date: Date | null): string | null {
  return date?.toISOString() ?? null
}

/** The wall clock of the site with its distance to UTC: `2026-07-31T13:00:00.000+01:00`. */
export function createDateWriter(timeZone: string): WriteDate {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' })
  return (date) => {
    if (!date) return null
    const name = format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value
    const [, sign = '+', hours = '00', minutes = '00'] =
      /([-+])(\d{2}):?(\d{2})/.exec(name ?? '') ?? []
    const shift = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
    const wall = new Date(date.getTime() + shift * 60_000).toISOString().slice(0, -1)
    return `${wall}${sign}${hours}:${minutes}`
  }
}
