type Rows = AsyncIterable<readonly unknown[]>

/** Pages of rows as they are to be written. */
export async function* mapPages<Row>(
  pages: AsyncIterable<readonly Row[]>,
  map: (row: Row) => unknown,
): AsyncGenerator<readonly unknown[]> {
  for await (const page of pages) yield page.map(map)
}

/** An object of lists, of which no more than a page is in memory. */
export async function* objectOf(lists: Readonly<Record<string, Rows>>): AsyncGenerator<string> {
  let before = '{'
  for (const [name, rows] of Object.entries(lists)) {
    yield `${before}\n${JSON.stringify(name)}: [`
    let separator = '\n'
    for await (const page of rows) {
      for (const row of page) {
        yield separator + JSON.stringify(row)
        separator = ',\n'
      }
    }
    yield ']'
    before = ','
  }
  yield '\n}\n'
}
