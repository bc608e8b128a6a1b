import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createWorkplace } from './test-command.ts'

async function say(...lines: readonly string[]) {
  await using place = await createWorkplace()
  return place.run([], `${lines.join('\n')}\n`)
}

describe('a script', () => {
  test('adds facts and rules over several lines, asks, and is silent otherwise', async () => {
    const { code, out, error } = await say(
      'edge(a, b). edge(b, c).',
      '% a rule over three lines',
      'path(X, Y) :-',
      '  edge(X, Y). path(X, Z) :- path(X, Y),',
      '  edge(Y, Z).',
      '?- path(a, X).',
      '? path(X, c), edge(X, Y)',
      '? path(c, a)',
    )
    expect(out).toBe(
      [
        '+ edge(a, b)',
        '+ edge(b, c)',
        '+ 2 rules   path: 3 rows (+3)',
        'X\n─\nb\nc\n2 answers',
        'X  Y\n─  ─\na  b\nb  c\n2 answers',
        'no',
        '',
      ].join('\n'),
    )
    expect({ code, error }).toEqual({ code: 0, error: '' })
  })

  test('asserting and retracting say what changed, and undo takes it back', async () => {
    const { out } = await say(
      'q(X) :- p(X), not r(X).',
      '+ p(a)',
      'assert r(a).',
      'retract r(a).',
      '- r(a)',
      '.undo',
      '.undo',
      '.undo',
      '? q(X)',
      '.undo',
      '+ p(b)',
      '? q(X)',
    )
    const said = [
      '+ p(a)\n+ q(a)',
      '- q(a)\n+ r(a)',
      '- r(a)\n+ q(a)',
      'nothing changed',
      'nothing changed',
      '- q(a)\n+ r(a)',
      '- r(a)\n+ q(a)',
      'X\n─\na\n1 answer',
      '- p(a)\n- q(a)',
      '+ p(b)\n+ q(b)',
      'X\n─\nb\n1 answer',
      '',
    ]
    expect(out.split('\n').slice(1)).toEqual(said.join('\n').split('\n'))
  })

  test('undo takes rules back as well, and what was asserted with them', async () => {
    const { out } = await say('p(a).', 'p(b). q(X) :- p(X).', '.undo', '? p(X)', '? q(X)', '.rules')
    expect(out).toContain('taken back: 1 rule, 1 fact\nX\n─\na\n1 answer\n0 answers\nno rules')
  })

  test('why draws the proof, and why not says what failed', async () => {
    const { out } = await say(
      'edge(a, b). edge(b, c). path(X, Y) :- edge(X, Y).',
      'path(X, Z) :- path(X, Y), edge(Y, Z).',
      'why path(a, c)',
      'why not path(c, a)',
      'why path(c, a)',
      'why not path(a, b)',
      'why not nothing(a)',
    )
    expect(out).toContain(
      [
        'path(a, c)  by path(X, Z) :- path(X, Y), edge(Y, Z).',
        '├─ path(a, b)  by path(X, Y) :- edge(X, Y).',
        '│  └─ edge(a, b)  asserted',
        '└─ edge(b, c)  asserted',
      ].join('\n'),
    )
    expect(out.match(/path\(c, a\) is not asserted, and no rule gives it:/g)).toHaveLength(2)
    expect(out).toContain('    fails at edge(c, a)')
    expect(out).toContain('path(a, b) does hold. Ask: why path(a, b)')
    expect(out).toContain('nothing(a) is not asserted, and no rule gives nothing.')
  })

  test('what is wrong is shown with a caret, changes nothing, and makes the script fail', async () => {
    const { code, out, error } = await say(
      'p(a).',
      '',
      'q(X) :- p(X), r(Y',
      '  .',
      '  + p(a b)',
      'p(X) :- p(Y).',
      'p(a, b).',
      '? p(X), X < Y',
      '.load nowhere.dl',
      '.dance',
      '? p(X)',
      'p(unfinished)',
    )
    expect(code).toBe(1)
    expect(out).toBe('+ p(a)\nX\n─\na\n1 answer\n')
    expect(error).toContain('stdin:4:3 syntax: ')
    expect(error).toContain('stdin:5:9 syntax: ')
    expect(error).toContain('5 │   + p(a b)\n  │         ^')
    expect(error).toContain('stdin:6:3 unsafe: ')
    expect(error).toContain('6 │ p(X) :- p(Y).\n  │   ^')
    expect(error).toContain('stdin:7 arity: ')
    expect(error).toMatch(/stdin:8:\d+ unsafe: .*Y/)
    expect(error).toContain('nowhere.dl: there is no such file.')
    expect(error).toContain('There is no command .dance. Try .help')
    expect(error).toMatch(/stdin:12:\d+ syntax: /)
  })

  test('shows no colours and no prompt, and ends at .quit', async () => {
    const { code, out } = await say('p(a).', '.quit', 'p(b).')
    expect({ code, out }).toEqual({ code: 0, out: '+ p(a)\n' })
  })

  test('a rule that would never end is stopped, and taken back', async () => {
    await using place = await createWorkplace()
    const script = 'n(0).\nn(Y) :- n(X), Y = X + 1.\n? n(X)\n'
    const { code, out, error } = await place.run(['--max-derivations', '5000'], script)
    expect(error).toMatch(/^stdin:2.* limit: /)
    expect(out).toContain('1 answer')
    expect(code).toBe(1)
  })
})

describe('files', () => {
  test('programs and rows are loaded, and saved as a program that says the same', async () => {
    await using place = await createWorkplace()
    await place.write('rules.dl', 'path(X, Y) :- edge(X, Y).\nedge(a, b).\n?- edge(X, b).\n')
    await place.write('edges.csv', 'b,c\r\n"c, the ""third""","1"\n\nd,1.5\n')
    await place.write('edges.tsv', 'x y\tz\n')
    const { out, error } = await place.run(
      [],
      '.load rules.dl\n.facts edge edges.csv\n.facts edge edges.tsv\n.save saved.dl\n.relations\n',
    )
    expect(error).toBe('')
    expect(out).toContain('3 rows read, edge has 4 rows')
    expect(out).toContain('1 row read, edge has 5 rows')
    expect(out).toContain('1 rule and 5 facts written')
    expect(out).toMatch(/^edge: 5 rows, asserted facts\npath: 5 rows, derived, without recursion$/m)
    const saved = await readFile(join(place.folder, 'saved.dl'), 'utf8')
    expect(saved).toContain(String.raw`edge("c, the \"third\"", "1").`)
    expect(saved).toContain('edge(d, 1.5).')
    const again = await place.run([], '.load saved.dl\n? path(X, Y)\n.reset\n.relations\n')
    expect(again.out).toContain('5 answers\nall is empty\nno relations')
  })

  test('a program that is wrong is shown by its own name and line', async () => {
    await using place = await createWorkplace()
    await place.write('bad.dl', 'p(a).\nq(X) :- p(Y).\n')
    const { code, error } = await place.run([], 'p(b).\n.load bad.dl\n')
    expect(error).toContain('bad.dl:2:3 unsafe: ')
    expect(error).toContain('2 │ q(X) :- p(Y).\n  │   ^')
    expect(code).toBe(1)
  })

  test('rows of different lengths, stray quotes and odd bytes are named', async () => {
    await using place = await createWorkplace()
    await place.write('short.csv', 'a,b\nc\n')
    await place.write('quote.csv', 'a,b\nc,"d"e\n')
    await place.write('latin.dl', Uint8Array.of(112, 40, 0xe4, 41, 46))
    const script = '.facts p short.csv\n.facts p quote.csv\n.load latin.dl\n.load .\n'
    const { error } = await place.run([], script)
    expect(error).toBe(
      [
        'short.csv: row 2 has 1 field, and the first has 2.',
        'quote.csv:2: a quote stands where it cannot.',
        'latin.dl is not text in UTF-8.',
        '.: it is a folder.',
        '',
      ].join('\n'),
    )
  })
})
