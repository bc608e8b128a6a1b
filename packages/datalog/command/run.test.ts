import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createWorkplace } from './test-command.ts'

const rules = 'path(X, Y) :- edge(X, Y).\npath(X, Z) :- path(X, Y), edge(Y, Z).\n'

describe('run', () => {
  test('answers the queries of all files in order', async () => {
    await using place = await createWorkplace()
    await place.write('rules.dl', `${rules}?- path(a, X).\n`)
    await place.write('facts.dl', 'edge(a, b).\nedge(b, 12).\n?- path(a, b).\n?- edge(X, a).\n')
    const { code, out, error } = await place.run(['run', 'rules.dl', 'facts.dl'])
    expect(out).toBe(
      '?- path(a, X).\nX\n──\n12\nb\n2 answers\n\n?- path(a, b).\nyes\n\n?- edge(X, a).\n0 answers\n',
    )
    expect({ code, error }).toEqual({ code: 0, error: '' })
  })

  test('shows every derived relation when nothing is asked', async () => {
    await using place = await createWorkplace()
    await place.write('rules.dl', `${rules}none(X) :- path(X, X).\n`)
    await place.write('edges.csv', 'b,c\na,b\n')
    const words = ['run', 'rules.dl', '--facts', 'edge=edges.csv', '--limit=2', '--time']
    const { out } = await place.run(words)
    expect(out).toMatch(
      /^% path: 3 rows\npath\(a, b\)\.\npath\(a, c\)\.\n% … and 1 more\n\n% none: 0 rows\n\n% loaded in [\d.]+ ms\n$/,
    )
  })

  test('gives JSON for machines', async () => {
    await using place = await createWorkplace()
    await place.write('a.dl', 'p(a, 1). p("B b", 2).\n?- p(X, N), N > 1.\n?- p(a, _).\n')
    const { out } = await place.run(['run', '--json', 'a.dl'])
    expect(JSON.parse(out)).toEqual({
      queries: [
        {
          query: 'p(X, N), N > 1',
          columns: ['X', 'N'],
          holds: true,
          count: 1,
          rows: [['B b', 2]],
        },
        { query: 'p(a, _)', columns: [], holds: true, count: 1, rows: [] },
      ],
      relations: [],
    })
  })

  test('names the file, the line and the column of what is wrong', async () => {
    await using place = await createWorkplace()
    await place.write('good.dl', 'p(a).\n?- p(X).\n')
    await place.write('bad.dl', '\n\nq(X) :-  p(Y).\nr(Z) :- p(X).\n')
    await place.write('query.dl', '?- p(X),\n   X < Y.\n')
    const bad = await place.run(['run', 'good.dl', 'bad.dl'])
    expect(bad.code).toBe(1)
    expect(bad.out).toBe('')
    expect(bad.error).toMatch(/^bad\.dl:3:3 unsafe: .*\nbad\.dl:4:3 unsafe: .*\n$/)
    const query = await place.run(['run', 'good.dl', 'query.dl'])
    expect(query.error).toMatch(/^query\.dl:2:\d+ unsafe: .*Y/)
  })

  test('the examples of the package run', async () => {
    await using place = await createWorkplace()
    const folder = join(import.meta.dirname, '../examples')
    const files = (await readdir(folder)).map((name) => join(folder, name))
    expect(files.length).toBeGreaterThanOrEqual(3)
    const checked = await place.run(['check', ...files])
    expect(checked.out).toMatch(/^ok: \d+ rules, \d+ facts, \d+ relations\n$/)
    expect(await place.run(['format', '--check', ...files])).toMatchObject({ code: 0, out: '' })
    for (const file of files) {
      const { code, out } = await place.run(['run', file])
      expect(code).toBe(0)
      expect(out.match(/\d answers?/g)?.length).toBe(2)
    }
  })
})

describe('check', () => {
  test('shows all problems of all files', async () => {
    await using place = await createWorkplace()
    await place.write('one.dl', 'p(X) :- q(Y).\np(a, b).\n')
    await place.write('two.dl', 'p(X) :- q(X), not r(X).\nr(X) :- q(X), not p(X).\n')
    await place.write('three.dl', 'ok(a).\nfine(X) :- ok(X), not gone(X).\n')
    const { code, out } = await place.run(['check', 'one.dl', 'two.dl', 'three.dl'])
    expect(code).toBe(1)
    expect(out).toContain('one.dl:1:3 unsafe: ')
    expect(out).toContain('1 │ p(X) :- q(Y).\n  │   ^')
    expect(out).toContain('one.dl:2:1 arity: ')
    expect(out).toMatch(/two\.dl:\d:\d+ unstratified: /)
    expect(out).toMatch(/\n\n3 problems\n$/)
    const json = await place.run(['check', '--json', 'one.dl', 'three.dl'])
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      problems: [
        { file: 'one.dl', code: 'unsafe', span: { line: 1, column: 3 } },
        { file: 'one.dl', code: 'arity' },
      ],
    })
    expect(await place.run(['check', 'three.dl'])).toEqual({
      code: 0,
      out: 'ok: 1 rules, 1 facts, 3 relations\n',
      error: '',
    })
  })
})

describe('format', () => {
  test('prints, checks and writes', async () => {
    await using place = await createWorkplace()
    await place.write('ugly.dl', 'p( a ).q(X):-p(X).\n')
    const printed = await place.run(['format', 'ugly.dl'])
    expect(printed.out).toContain('q(X) :- p(X).\n')
    const checked = await place.run(['format', '--check', 'ugly.dl'])
    expect(checked).toMatchObject({ code: 1, out: 'ugly.dl is not in the house format\n' })
    expect(await place.run(['format', '--write', 'ugly.dl'])).toMatchObject({ code: 0, out: '' })
    expect((await place.run(['format', '--check', 'ugly.dl'])).code).toBe(0)
    expect((await place.run(['format', 'ugly.dl'])).out).toBe(printed.out)
    await place.write('broken.dl', 'p(a.\n')
    const broken = await place.run(['format', '--write', 'broken.dl'])
    expect(broken.code).toBe(1)
    expect(broken.error).toMatch(/^broken\.dl:1:\d+ syntax: /)
  })
})

test('the command is one that a shell can start, with all it is given and gives back', async () => {
  await using place = await createWorkplace()
  await place.write('p.dl', 'p(a).\n?- p(X).\n')
  const [ran, asked, refused] = await Promise.all([
    place.start(['--', 'run', 'p.dl']),
    place.start([], 'q(b).\n? q(X)\nq(\n'),
    place.start(['dance']),
  ])
  expect(ran).toEqual({ code: 0, out: '?- p(X).\nX\n─\na\n1 answer\n', error: '' })
  expect(asked).toMatchObject({ code: 1, out: '+ q(b)\nX\n─\nb\n1 answer\n' })
  expect(asked.error).toMatch(/^stdin:4:\d+ syntax: /)
  const error = 'There is no command dance. See: pnpm datalog --help\n'
  expect(refused).toEqual({ code: 1, out: '', error })
})

describe('words that cannot be', () => {
  const cases: readonly (readonly [words: string[], sentence: string])[] = [
    [['dance'], 'There is no command dance. See: pnpm datalog --help'],
    [['--loud'], 'There is no flag --loud. See: pnpm datalog --help'],
    [['run', 'a.dl', '--loud'], 'There is no flag --loud. See: pnpm datalog run --help'],
    [['check', '-x', 'a.dl'], 'There is no flag -x. See: pnpm datalog check --help'],
    [['run'], 'Which file? pnpm datalog run FILE ...'],
    [['run', 'a.dl'], 'a.dl: there is no such file.'],
    [['run', 'a.dl', '--limit', 'few'], '--limit is few, and it has to be a whole number.'],
    [['run', 'a.dl', '--facts'], '--facts needs a value.'],
    [['run', 'a.dl', '--facts', 'x.csv'], '--facts is x.csv, and it has to be RELATION=FILE.'],
    [['format', 'a.dl', '--write', '--check'], '--write changes the files and --check does not'],
  ]

  test.each(cases)('%j are refused with a sentence', async (words, sentence) => {
    await using place = await createWorkplace()
    const { code, out, error } = await place.run(words)
    expect(error).toContain(sentence)
    expect(error.trim().split('\n')).toHaveLength(1)
    expect({ code, out }).toEqual({ code: 1, out: '' })
  })

  test.each([['--help'], ['run --help'], ['check --help'], ['format --help']])(
    '%s says how',
    async (words) => {
      await using place = await createWorkplace()
      const { code, out } = await place.run(words.split(' '))
      expect(out).toContain('pnpm datalog')
      expect(code).toBe(0)
    },
  )
})
