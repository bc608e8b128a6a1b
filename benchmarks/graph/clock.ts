/** Adds to a series how many microseconds something took. */
export async function time<Result>(
  series: number[],
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const start = performance.now()
  const result = work()
  // What is there at once does not wait for its turn.
  const awaited = result instanceof Promise ? await result : result
  series.push((performance.now() - start) * 1000)
  return awaited
}
