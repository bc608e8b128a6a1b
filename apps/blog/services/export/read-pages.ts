/** As many rows as one query gives out, whatever the size of the site. */
export const pageSize = 100

/**
 * Pages of rows until there are no more. `read` gives at most `pageSize` rows that come after `last`
 * in an order that no two rows share.
 */
export async function* readPages<Row>(
  read: (last: Row | undefined) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  for (let last: Row | undefined; ;) {
    const page = await read(last)
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    last = page.at(-1)
  }
}
