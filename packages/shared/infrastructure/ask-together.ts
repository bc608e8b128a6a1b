/**
 * Whoever asks the same thing in the same turn of the event loop shares one answer. It is asked for
 * after the last of them has come, so it is never older than anybody's question, and nothing is kept:
 * what is popular costs less, and nothing needs to be invalidated. The answer is not to be changed.
 */
export function askTogether<Value>(
  ask: (key: string) => Promise<Value>,
): (key: string) => Promise<Value> {
  const waiting = new Map<string, Promise<Value>>()

  async function askAfterThisTurn(key: string): Promise<Value> {
    await new Promise((resolve) => setImmediate(resolve))
    waiting.delete(key)
    return ask(key)
  }

  return (key) => {
    const answer = waiting.get(key) ?? askAfterThisTurn(key)
    waiting.set(key, answer)
    return answer
  }
}
