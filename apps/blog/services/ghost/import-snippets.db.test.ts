import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { snippets } from '../../models/index.ts'
import { bringElsewhere } from './own-parts/test-own-parts.ts'
import { lexicalOf, letters } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

let target: ImportTarget
beforeEach(async () => {
  await target?.[Symbol.asyncDispose]()
  target = await createImportTarget()
})
afterAll(() => target[Symbol.asyncDispose]())

const text = { type: 'text', text: 'Yours, the committee' }
const nodes = [{ type: 'paragraph', children: [text] }]
const row = (name: string, lexical: string | null) => ({
  id: name,
  name,
  mobiledoc: '{}',
  lexical,
  created_at: '2026-01-01 00:00:00',
  updated_at: '2026-01-02 00:00:00',
})
const readNames = async () =>
  (await target.query('select name from snippets order by name')).map(({ name }) => name)

describe('snippets of an export', () => {
  it('come as the editor keeps them, also from whole documents, with addresses of this site', async () => {
    const picture = { type: 'image', src: '__GHOST_URL__/content/images/a.png' }
    const { warnings } = await target.run({
      ...letters({}),
      snippets: [
        row('Sign-off', JSON.stringify({ namespace: 'KoenigEditor', nodes })),
        row('Whole', lexicalOf('Hello.')),
        row('Picture', JSON.stringify({ nodes: [picture] })),
      ],
    })
    expect(warnings).toEqual([])
    const rows = await target.query('select name, lexical, updated_at from snippets order by name')
    expect(rows).toMatchObject([
      { name: 'Picture', lexical: { nodes: [{ src: '/content/images/a.png' }] } },
      { name: 'Sign-off', lexical: { namespace: 'KoenigEditor', nodes } },
      { name: 'Whole', lexical: { nodes: [{ type: 'paragraph' }] } },
    ])
    expect(rows[0]?.['updated_at']).toEqual(new Date('2026-01-02T00:00:00Z'))
  })

  it('that cannot be read are warned about by name, and the others come', async () => {
    const { warnings } = await target.run({
      ...letters({}),
      snippets: [
        row('No text', null),
        row('No JSON', '{"nodes":'),
        row('Nothing', '{"nodes":[]}'),
        row(' ', JSON.stringify({ nodes })),
        row('Good', JSON.stringify({ nodes })),
      ],
    })
    expect(warnings.map((warning) => /“(.*)”/.exec(warning)?.[1])).toEqual([
      'No text',
      'No JSON',
      'Nothing',
      '',
    ])
    expect(await readNames()).toEqual(['Good'])
  })

  it('leave those of the same name here as they are, and say so where they differ', async () => {
    const { database } = target.connection
    await database.insert(snippets).values({ name: 'Sign-off', lexical: { nodes } })
    const other = { nodes: [{ type: 'horizontalrule' }] }
    const run = (lexical: object) =>
      target.run({ ...letters({}), snippets: [row('Sign-off', JSON.stringify(lexical))] })
    expect((await run({ nodes })).warnings).toEqual([])
    expect((await run(other)).warnings).toEqual([
      'Another snippet is called “Sign-off” here; it was kept.',
    ])
    expect(await target.query('select lexical from snippets')).toEqual([{ lexical: { nodes } }])
  })

  it('are the same when they are exported, imported elsewhere and exported again', async () => {
    const { database } = target.connection
    const link = { type: 'link', url: 'https://blog.example/about/', children: [text] }
    await database.insert(snippets).values([
      { name: 'Nodes', lexical: { namespace: 'KoenigEditor', nodes: [link] } },
      { name: 'More', lexical: { nodes }, createdAt: new Date('2026-05-05T05:05:05Z') },
    ])
    await target.run(letters({}))
    await using moved = await bringElsewhere(target)
    const { archive } = await moved.exportAgain()
    expect(archive.tables['snippets']).toHaveLength(2)
    expect(JSON.stringify(archive.tables['snippets'])).toContain('__GHOST_URL__/about/')
    expect(archive.tables['snippets']).toEqual(moved.first.archive.tables['snippets'])
    expect((await moved.empty.run(moved.first.file)).warnings).toEqual([])
  })
})
