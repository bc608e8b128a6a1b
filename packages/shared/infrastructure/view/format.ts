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

/** Dates of one style that are kept in words; a list shows the same ones again and again. */
const mostWritten = 1000

interface DateFormat {
  format(value: Date): string
  /** By milliseconds since the epoch. */
  readonly written: Map<number, string>
}

/** Formatters are costly to make and not free to use, so each is made once, and what they wrote last is kept. */
export function createFormats(options: { language: string; timeZone: string }): Formats {
  const currencies = new Map<string, Intl.NumberFormat>()
  const zones = new Map<string, Map<DateStyle, DateFormat>>()

  function createFormat(style: DateStyle, timeZone: string): (value: Date) => string {
    if (style === 'iso') return (value) => value.toISOString()
    const format = new Intl.DateTimeFormat(options.language, { ...dateStyles[style], timeZone })
    return (value) => format.format(value)
  }

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
      const styles = kept(zones, timeZone, () => new Map<DateStyle, DateFormat>())
      const { format, written } = kept(styles, style, () => ({
        format: createFormat(style, timeZone),
        written: new Map<number, string>(),
      }))
      if (written.size >= mostWritten) written.clear()
      return kept(written, value.getTime(), () => format(value))
    },
  }
}

function kept<Key, Value>(values: Map<Key, Value>, key: Key, create: () => Value): Value {
  const found = values.get(key)
  if (found !== undefined) return found
  const created = create()
  values.set(key, created)
  return created
}
