const dateStyles = {
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  time: { hour: '2-digit', minute: '2-digit', hour12: false },
  'day-of-month': { day: 'numeric' },
  month: { month: 'short' },
  weekday: { weekday: 'short' },
  'weekday-long': { weekday: 'long' },
  'month-year': { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type DateStyle = keyof typeof dateStyles | 'iso'

export interface Formats {
  money(pence: number, currency: string): string
  /** `timeZone` is an IANA name; without it the platform's own. */
  date(value: Date, style: DateStyle, timeZone?: string): string
}

/** Dates that are kept in words; a list shows the same ones again and again. */
const mostWritten = 5000

/** Formatters are costly to make and not free to use, so each is made once, and what they wrote last is kept. */
export function createFormats(options: { language: string; timeZone: string }): Formats {
  const currencies = new Map<string, Intl.NumberFormat>()
  const dates = new Map<string, Intl.DateTimeFormat>()
  const written = new Map<string, string>()

  return {
    money(pence, currency) {
      const format = kept(
        currencies,
        currency,
        () => new Intl.NumberFormat(options.language, { style: 'currency', currency }),
      )
      return format.format(pence / 100)
    },
    date(value, style, timeZone = options.timeZone) {
      if (style === 'iso') return value.toISOString()
      const kind = `${style} ${timeZone}`
      if (written.size >= mostWritten) written.clear()
      return kept(written, `${kind} ${value.getTime()}`, () =>
        kept(
          dates,
          kind,
          () => new Intl.DateTimeFormat(options.language, { ...dateStyles[style], timeZone }),
        ).format(value),
      )
    },
  }
}

function kept<Value>(values: Map<string, Value>, key: string, create: () => Value): Value {
  const found = values.get(key)
  if (found !== undefined) return found
  const created = create()
  values.set(key, created)
  return created
}
