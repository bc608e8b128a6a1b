const minute = 60
const hour = 60 * minute
const day = 24 * hour

const pauses = [minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour]
const lifetimeSeconds = 7 * day

/**
 * How long to wait after attempt number `attempt` (from 1), a fifth more at most so that what failed
 * together does not come back together. Undefined when it has been tried for a week.
 */
export function nextPauseSeconds(attempt: number, ageSeconds: number): number | undefined {
  const pause = (pauses[attempt - 1] ?? day) * (1 + Math.random() / 5)
  return ageSeconds + pause > lifetimeSeconds ? undefined : pause
}

/** `Retry-After` in seconds or as a date; a day at most, whatever a server says. */
export function readRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined
  const seconds = /^\d+$/.test(value.trim())
    ? Number(value)
    : (Date.parse(value) - now.getTime()) / 1000
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, day) : undefined
}

export const aDay = day
