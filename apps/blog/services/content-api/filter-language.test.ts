import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilter } from './filter-language.ts'
import {
  type Filter,
  type FilterComparison,
  FilterError,
  type FilterOperator,
  type FilterValue,
  operatorSigns,
  printFilter,
} from './filter-tree.ts'

/** Without places, which depend on how a filter is written. */
function bare(filter: Filter): unknown {
  if (filter.kind !== 'compare') return { ...filter, parts: filter.parts.map(bare) }
  const { at: _at, ...rest } = filter
  return rest
}

function comparison(
  field: string,
  operator: FilterOperator,
  ...values: FilterValue[]
): Omit<FilterComparison, 'at'> {
  return { kind: 'compare', field, operator, values }
}

const cases: readonly (readonly [text: string, meaning: unknown])[] = [
  ['featured:true', comparison('featured', 'is', true)],
  ['tag:-hash-internal', comparison('tag', 'is-not', 'hash-internal')],
  ['tag:[news, how-to]', comparison('tag', 'is', 'news', 'how-to')],
  ['id:-[6b024f7f6fb62964bafadad6]', comparison('id', 'is-not', '6b024f7f6fb62964bafadad6')],
  ['feature_image:-null', comparison('feature_image', 'is-not', null)],
  [`updated_at:>'2026-01-01T00:00:00Z'`, comparison('updated_at', 'above', '2026-01-01T00:00:00Z')],
  ['published_at:<=2026-01-01', comparison('published_at', 'at-most', '2026-01-01')],
  [
    'published_at:>now-30d',
    comparison('published_at', 'above', { sign: '-', amount: 30, unit: 'd' }),
  ],
  [`title:~'bread & tide'`, comparison('title', 'contains', 'bread & tide')],
  [`title:-~^"It's"`, comparison('title', 'not-begins', "It's")],
  [`title:~$'it\\'s'`, comparison('title', 'ends', "it's")],
  ['slug:007', comparison('slug', 'is', '007')],
  ['reading_time:>3', comparison('reading_time', 'above', 3)],
  ['authors.slug:maud', comparison('authors.slug', 'is', 'maud')],
  [
    'a:1+b:2,c:3',
    {
      kind: 'any',
      parts: [
        { kind: 'all', parts: [comparison('a', 'is', 1), comparison('b', 'is', 2)] },
        comparison('c', 'is', 3),
      ],
    },
  ],
  [
    'a:1+(b:2,c:3)',
    {
      kind: 'all',
      parts: [
        comparison('a', 'is', 1),
        { kind: 'any', parts: [comparison('b', 'is', 2), comparison('c', 'is', 3)] },
      ],
    },
  ],
  // A `+` that an address has turned into a space.
  ['a:1 b:2', { kind: 'all', parts: [comparison('a', 'is', 1), comparison('b', 'is', 2)] }],
]

describe('a filter', () => {
  it.each(cases)('%s means what it says', (text, meaning) => {
    expect(bare(parseFilter(text))).toEqual(meaning)
  })

  it.each([
    ['', 1],
    ['tag', 4],
    ['tag:', 5],
    ['tag:news)', 9],
    ['(tag:news', 10],
    ['tag:[a,b', 9],
    ['tag:news+,featured:true', 10],
    [`title:'open`, 7],
    ['tag:>[a]', 6],
    [`${'('.repeat(30)}a:1${')'.repeat(30)}`, 21],
    [`slug:${'a'.repeat(3000)}`, 2001],
    [Array.from({ length: 50 }, () => 'a:1').join(), 161],
  ])('that is wrong is refused with the place: %s', (text, at) => {
    let error: unknown
    try {
      parseFilter(text)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(FilterError)
    expect((error as FilterError).at).toBe(at)
    expect((error as FilterError).message).toContain(`character ${at}`)
  })

  it('of any letters is read, or refused with an error of its own', () => {
    const letter = fc.constantFrom(...letters, 'now-3d', 'null', 'true', '\n')
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.array(letter, { maxLength: 60 }).map((letters) => letters.join('')),
    )
    fc.assert(
      fc.property(text, (some) => {
        try {
          const filter = parseFilter(some)
          expect(bare(parseFilter(printFilter(filter)))).toEqual(bare(filter))
        } catch (error) {
          if (!(error instanceof FilterError)) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('that is printed is read as the same again', () => {
    fc.assert(
      fc.property(someFilter, (filter) => {
        expect(bare(parseFilter(printFilter(filter)))).toEqual(bare(filter))
      }),
      { numRuns: 500 },
    )
  })
})

const letters = `a b : , + - ~ ^ $ < > = [ ] ( ) ' " \\ . 1 n`.split(' ').concat(' ')

const someValue: fc.Arbitrary<FilterValue> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.integer(),
  fc.integer().map((number) => number / 100),
  fc.boolean(),
  fc.constant(null),
  fc.record({
    sign: fc.constantFrom('-' as const, '+' as const),
    amount: fc.nat({ max: 99_999 }),
    unit: fc.constantFrom('s' as const, 'm', 'h', 'd', 'w', 'M', 'y'),
  }),
)

const someComparison: fc.Arbitrary<Filter> = fc
  .record({
    field: fc.constantFrom('tag', 'authors.slug', 'published_at', '_x1'),
    operator: fc.constantFrom(...(Object.keys(operatorSigns) as FilterOperator[])),
    values: fc.array(someValue, { minLength: 1, maxLength: 3 }),
  })
  .map(({ field, operator, values }) => ({
    kind: 'compare' as const,
    field,
    operator,
    values: operator === 'is' || operator === 'is-not' ? values : values.slice(0, 1),
    at: 1,
  }))

const someFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'filter' },
    someComparison,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      parts: fc.array(tie('filter'), { minLength: 2, maxLength: 3, depthIdentifier: 'filter' }),
    }),
  ),
})).filter
