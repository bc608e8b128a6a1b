/**
 * How long to wait after attempt number `attempt` (from 1) has failed: `firstSeconds`, doubled each
 * time, a quarter more or less so that what failed together does not come back together.
 */
export function retryDelaySeconds(attempt: number, firstSeconds: number): number {
  return firstSeconds * 2 ** (attempt - 1) * (0.75 + Math.random() / 2)
}
