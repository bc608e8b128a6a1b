import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GhostFileError } from './import-error.ts'
import { type ExportRow, readRows } from './read-rows.ts'
import { tableNames } from './rows.ts'
import { examplePost, fixture, wrapExport } from './test-export.ts'

async function read(
  content: string | Uint8Array,
  chunkBytes = 1000,
  tables: readonly string[] = tableNames,
): Promise<readonly ExportRow[]> {
  const bytes = Buffer.from(content)
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, index) =>
    bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  )
  const rows: ExportRow[] = []
  for await (const some of readRows(Readable.from(chunks), { tables, required: 'posts' }))
    rows.push(...some)
  return rows
}

const small = wrapExport({
  posts: [examplePost(1, { title: 'Überfahrt 🚢 "nach" \\ Norden' }), examplePost(2)],
  tags: [{ id: 'a', name: 'News' }],
  settings: [{ key: 'mailgun_api_key', value: 'secret' }],
})

it('rows are what JSON.parse would make of them, whatever the size of the pieces', async () => {
  const expected = JSON.parse(small).db[0].data
  for (const chunkBytes of [1, 7, 64, 100_000]) {
    const rows = await read(small, chunkBytes)
    const of = (name: string) =>
      rows.filter(({ table }) => table === name).map(({ value }) => value)
    expect(of('posts')).toEqual(expected.posts)
    expect(of('tags')).toEqual(expected.tags)
  }
})

it('a row knows where it stands', async () => {
  const rows = await read('{"posts":[{"id":"1"},\n\n  {"id":"2"}]}')
  expect(rows.map(({ place }) => place)).toEqual([
    { table: 'posts', row: 1, byte: 10, line: 1 },
    { table: 'posts', row: 2, byte: 25, line: 3 },
  ])
})

it('the inner object is taken bare, with and without its frame', async () => {
  const { data, meta } = JSON.parse(small).db[0]
  for (const bare of [{ meta, data }, { data }, data]) {
    expect((await read(JSON.stringify(bare))).map(({ value }) => value)).toEqual(
      (await read(small)).map(({ value }) => value),
    )
  }
})

it('tables that were not asked for are skipped', async () => {
  expect((await read(small, 1000, ['posts'])).map(({ table }) => table)).toEqual(['posts', 'posts'])
})

describe('a file is refused, with the place, when', () => {
  it.each([
    ['it is no JSON', 'hello', /not valid JSON: line 1, byte 0/],
    ['it is HTML', '<!doctype html>', /not valid JSON/],
    ['it is something else', '{"a":1}', /not a Ghost export/],
    ['it is a list', '[]', /not a Ghost export/],
    ['a table is an object', '{"db":[{"data":{"posts":{}}}]}', /not a list: table “posts”/],
    ['a table is nothing', '{"data":{"posts":null}}', /not a list: table “posts”/],
    ['a row is a number', '{"posts":[{},3]}', /not an object: table “posts”, row 2/],
    [
      'a comma is missing',
      '{"posts":[{"id":1},\n{"id":2 "x":3}]}',
      /row 2, field “id”, line 2, byte 28/,
    ],
    ['something comes after it', '{"posts":[]} x', /not valid JSON: line 1, byte 13/],
    ['it is nested without end', `{"posts":[${'['.repeat(100)}`, /not an object/],
    ['it is nested without end elsewhere', `{"x":${'['.repeat(100)}`, /nested too deeply/],
    [
      'letters are not UTF-8',
      Buffer.from([
        ...Buffer.from('{"posts":[{"a":"'),
        0xff,
        0xff,
        0xff,
        0xff,
        0x22,
        0x7d,
        0x5d,
        0x7d,
      ]),
      /not valid JSON/,
    ],
  ])('%s', async (_what, content, message) => {
    await expect(read(content)).rejects.toThrow(GhostFileError)
    await expect(read(content)).rejects.toThrow(message)
  })

  it('it is empty', async () => {
    await expect(read('')).rejects.toThrow('The file is empty')
  })
})

it('an error never quotes the file', async () => {
  const secret = 'hunter2-secret'
  for (const broken of [`{"settings":[{"key":"${secret}" "${secret}"`, `{"posts":["${secret}"]}`]) {
    await expect(read(broken)).rejects.toThrow(GhostFileError)
    await expect(read(broken)).rejects.not.toThrow(secret)
  }
})

describe('any damage', () => {
  const bytes = readFileSync(fixture('ghost-5.130.6-mobiledoc-export.json'))
  const compact = Buffer.from(small)

  it('by cutting is noticed, wherever the file is cut', async () => {
    for (let length = 1; length < compact.length; length += 1) {
      await expect(read(compact.subarray(0, length), 97)).rejects.toThrow(GhostFileError)
    }
  })

  it('by cutting a real export is noticed, with a place inside the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length - 1 }), async (length) => {
        const error = await read(bytes.subarray(0, length), 4096).catch((cause: unknown) => cause)
        expect(error).toBeInstanceOf(GhostFileError)
        expect((error as GhostFileError).place.byte).toBeLessThanOrEqual(length)
      }),
      { numRuns: 40 },
    )
  })

  it('by changing bytes is noticed or harmless, and never anything else', async () => {
    const damage = fc.record({
      at: fc.integer({ min: 0, max: compact.length - 1 }),
      byte: fc.integer({ min: 0, max: 255 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 5 }), async (damages) => {
        const broken = Buffer.from(compact)
        for (const { at, byte } of damages) broken[at] = byte
        try {
          await read(broken, 61)
        } catch (error) {
          expect(error).toBeInstanceOf(GhostFileError)
        }
      }),
      { numRuns: 300 },
    )
  })
})
