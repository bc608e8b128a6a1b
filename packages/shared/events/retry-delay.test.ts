import { expect, test } from 'vitest'
import { retryDelaySeconds } from './retry-delay.ts'

test('the wait doubles with every attempt, a quarter more or less', () => {
  for (const [attempt, middle] of [
    [1, 5],
    [2, 10],
    [3, 20],
    [7, 320],
  ] as const) {
    const delays = Array.from({ length: 200 }, () => retryDelaySeconds(attempt, 5))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(middle * 0.75)
    expect(Math.max(...delays)).toBeLessThanOrEqual(middle * 1.25)
    expect(new Set(delays).size).toBeGreaterThan(100)
  }
})
