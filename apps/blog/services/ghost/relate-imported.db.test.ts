import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decodeKey } from '../../graph/kv/key.ts'
import { findInternalLinks } from './internal-links.ts'
import { letters } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

let target: ImportTarget
beforeAll(async () => {
  target = await createImportTarget()
})
beforeEach(async () => {
  await target.reset('kv_entries', 'kv_changes')
})
afterAll(() => target[Symbol.asyncDispose]())

/** Edges by kind, with slugs for names. */
async function readEdges(): Promise<readonly string[]> {
  const names = new Map<string, string>()
  for (const [kind, table] of [
    ['post', 'posts'],
    ['tag', 'tags'],
    ['author', 'authors'],
  ])
    for (const row of await target.query(`select id, slug from ${table}`))
      names.set(`${kind}:${String(row['id'])}`, String(row['slug']))
  const rows = await target.query('select key from kv_entries order by key')
  return rows
    .map(({ key }) => decodeKey(key as Buffer))
    .filter(([, direction]) => direction === 'out')
    .map(([, , source, kind, to]) => {
      const nameOf = (name: unknown) => names.get(String(name)) ?? String(name)
      return `${nameOf(source)} ${String(kind)} ${nameOf(to)}`
    })
    .toSorted()
}

describe('an import', () => {
  it('writes tags, authors and internal links as edges, once', async () => {
    const linking = { html: null, lexical: linkTo('__GHOST_URL__/letter-2/') }
    await target.run(letters(linking, {}))
    const edges = await readEdges()
    expect(edges).toContain('letter-1 links-to letter-2')
    expect(edges.filter((edge) => edge.includes(' tagged '))).toHaveLength(2)
    expect(edges.filter((edge) => edge.includes(' written-by '))).toHaveLength(2)
    expect(edges.filter((edge) => edge.endsWith(' is-a type:tag'))).toHaveLength(1)
    const [before] = await target.query('select max(seq) as seq from kv_changes')
    await target.run(letters(linking, {}))
    expect(await target.query('select max(seq) as seq from kv_changes')).toEqual([before])
  })

  it('takes edges away that are not so any more, and leaves those of editors', async () => {
    const linking = { html: null, lexical: linkTo('__GHOST_URL__/letter-2/') }
    await target.run(letters(linking, {}))
    await target.run(letters({ updated_at: '2026-05-01 00:00:00' }, {}))
    expect((await readEdges()).filter((edge) => edge.includes('links-to'))).toEqual([])
  })
})

describe('internal links', () => {
  it('are addresses of one part, whatever follows them', () => {
    const html = `<a href="/one/">1</a> <a rel="x" href="/two?x#y">2</a> <a href="/tag/a/">3</a>
      <a href="https://elsewhere.example/four/">4</a> <a href="/">5</a> <a href="/%E0%A4%A/">6</a>
      <a href="/caf%C3%A9/">7</a>`
    expect(findInternalLinks(html)).toEqual(['one', 'two', 'café'])
  })
})

function linkTo(url: string): string {
  const text = {
    type: 'extended-text',
    version: 1,
    text: 'there',
    format: 0,
    detail: 0,
    mode: 'normal',
    style: '',
  }
  const link = {
    type: 'link',
    version: 1,
    url,
    children: [text],
    rel: null,
    target: null,
    title: null,
  }
  const paragraph = { type: 'paragraph', version: 1, children: [link] }
  return JSON.stringify({ root: { type: 'root', version: 1, children: [paragraph] } })
}
