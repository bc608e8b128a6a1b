/**
 * Turns "for each" into "for all": what is asked for in one turn of the event loop is loaded at once.
 * The fragments of a batch are rendered side by side, so twelve cards cost one query. Nothing is
 * kept: the next turn asks anew.
 */
export function createBatchLoader<Key, Value>(
  loadAll: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (key: Key) => Promise<Value | undefined> {
  let batch:
    | { readonly keys: Set<Key>; readonly values: Promise<ReadonlyMap<Key, Value>> }
    | undefined

  function openBatch() {
    const keys = new Set<Key>()
    const values = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      batch = undefined
      return loadAll([...keys])
    })
    return { keys, values }
  }

  return async (key) => {
    batch ??= openBatch()
    batch.keys.add(key)
    const values = await batch.values
    return values.get(key)
  }
}
