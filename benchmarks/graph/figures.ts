export interface Figures {
  readonly median: number
  readonly p95: number
}

export function figuresOf(series: readonly number[]): Figures {
  const sorted = series.toSorted((left, right) => left - right)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!
  return { median: at(0.5), p95: at(0.95) }
}
