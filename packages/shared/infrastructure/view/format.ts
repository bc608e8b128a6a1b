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

/** Formatters are costly to make and cheap to use, so each is made once. */
export function createFormats(options: { language: string; timeZone: string }): Formats {
  const currencies = new Map<string, Intl.NumberFormat>()
  const dates = new Map<string, Intl.DateTimeFormat>()

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
      const format = kept(
        dates,
        `${style} ${timeZone}`,
        () => new Intl.DateTimeFormat(options.language, { ...dateStyles[style], timeZone }),
      )
      return format.format(value)
    },
  }
}

function kept<Value>(values: Map<string, Value>, key: string, create: () => Value): Value {
  const found = values.get(key) ?? create()
  values.set(key, found)
  return found
}
