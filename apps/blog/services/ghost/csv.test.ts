import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainCell, readCsv } from './csv.ts'

async function read(...chunks: string[]) {
  const records = []
  for await (const { cells, line } of readCsv(stream(chunks))) records.push({ cells, line })
  return records
}

async function* stream(chunks: readonly string[]) {
  yield* chunks
}

describe('a CSV file', () => {
  it('is records of cells, quoted or not, of any line end', async () => {
    expect(await read('a,b\r\n"c, ""d""\n",e\n\n,\nf')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['c, "d"\n', 'e'] },
      { line: 5, cells: ['', ''] },
      { line: 6, cells: ['f'] },
    ])
    expect(await read('\uFEFFemail\n')).toEqual([{ line: 1, cells: ['email'] }])
  })

  it('that is written by the rules is read as it was, wherever it is cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', '🧭') })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(table, fc.nat(40), async (rows, cut) => {
        const quoted = rows.map((row) =>
          row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
        )
        const text = quoted.join('\r\n')
        const records = await read(text.slice(0, cut), text.slice(cut))
        expect(records.map(({ cells }) => cells)).toEqual(rows)
      }),
    )
  })

  it('with a quote that is never closed says where it was opened', async () => {
    await expect(read('a\nb,"c\nd')).rejects.toThrow(new RangeError('2'))
  })
})

describe('a cell', () => {
  it.each([
    [`'=1+1`, '=1+1'],
    [`'-3`, '-3'],
    [`'@a`, '@a'],
    [`''=1`, `''=1`],
    [`'tis`, `'tis`],
    ['=1', '=1'],
  ])('%s is %s', (cell, plain) => expect(plainCell(cell)).toBe(plain))
})
