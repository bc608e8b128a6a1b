/** What the posts of the blog are, and how they belong together. Posts and pages are named by their slugs. */

interface DemoType {
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly fields: readonly { name: string; label: string; valueType: 'String' | 'Int' | 'Bool' }[]
  readonly schema: readonly { block: 'list' | 'heading'; message: string }[]
}

export const types: readonly DemoType[] = [
  {
    slug: 'recipe',
    title: 'Recipe',
    description: 'Something to cook, with what goes in and how much it makes.',
    fields: [
      { name: 'makes', label: 'Makes', valueType: 'String' },
      { name: 'ready-in', label: 'Ready in', valueType: 'String' },
      { name: 'without-meat', label: 'Without meat', valueType: 'Bool' },
    ],
    schema: [{ block: 'list', message: 'A recipe needs a list of what to do.' }],
  },
  {
    slug: 'how-to',
    title: 'How-to',
    description: 'How something is made or mended, told by somebody who does it.',
    fields: [
      { name: 'takes', label: 'Takes', valueType: 'String' },
      { name: 'you-need', label: 'You need', valueType: 'String' },
    ],
    schema: [{ block: 'heading', message: 'A how-to needs a heading for each part of the work.' }],
  },
  {
    slug: 'know-how',
    title: 'Know-how',
    description:
      'Whatever you can do with your own hands once you have read it: recipes and how-tos.',
    fields: [],
    schema: [],
  },
]

export const relations = [
  {
    slug: 'goes-with',
    title: 'Goes with',
    description: 'Two things that are better together.',
    label: 'Goes with',
    inverseLabel: 'Goes with',
    isSymmetric: true,
    cardinality: 'many-to-many',
  },
  {
    slug: 'goes-on-in',
    title: 'Goes on in',
    description: 'A story that another one takes up later.',
    label: 'Goes on in',
    inverseLabel: 'Began with',
    isSymmetric: false,
    cardinality: 'many-to-many',
  },
] as const

/** Source, kind and target; what has no colon is the slug of a post. */
export const edges: readonly (readonly [string, string, string])[] = [
  ['type:recipe', 'subtype-of', 'type:article'],
  ['type:how-to', 'subtype-of', 'type:article'],
  ['type:know-how', 'disj', 'type:recipe'],
  ['type:know-how', 'disj', 'type:how-to'],
  ['type:article', 'declares', 'relation:goes-with'],
  ['parkin-needs-a-week', 'is-a', 'type:recipe'],
  ['too-many-courgettes', 'is-a', 'type:recipe'],
  ['soup-for-forty', 'is-a', 'type:recipe'],
  ['how-to-keep-a-starter-alive', 'is-a', 'type:how-to'],
  ['how-to-true-a-wheel', 'is-a', 'type:how-to'],
  ['how-to-split-a-sack', 'is-a', 'type:how-to'],
  ['a-sowing-calendar-for-a-cold-valley', 'is-a', 'type:how-to'],
  ['too-many-courgettes', 'goes-with', 'a-sowing-calendar-for-a-cold-valley'],
  ['three-quotes-for-a-roof', 'goes-on-in', 'nine-motions-one-cake'],
  ['what-the-september-meeting-decided', 'goes-on-in', 'the-year-in-plain-numbers'],
]

export const values: Readonly<Record<string, Readonly<Record<string, string | boolean>>>> = {
  'parkin-needs-a-week': {
    makes: 'A tin of 20 by 30 centimetres',
    'ready-in': 'A week',
    'without-meat': true,
  },
  'too-many-courgettes': { makes: 'About eight jars', 'ready-in': 'A month', 'without-meat': true },
  'soup-for-forty': { makes: 'Forty bowls', 'without-meat': true },
  'how-to-keep-a-starter-alive': { takes: 'Five minutes a day', 'you-need': 'Flour, water, a jar' },
  'how-to-true-a-wheel': { takes: 'Half an hour', 'you-need': 'A spoke key and two zip ties' },
  'how-to-split-a-sack': {
    takes: 'One Thursday evening',
    'you-need': 'Eleven strangers and scales',
  },
}

export const lists = [
  {
    slug: 'know-how',
    title: 'Know-how',
    description: 'All that you can make, mend or grow with what is written here.',
    text: '?- instance(Post, "type:know-how").',
    limit: 50,
    isPublic: true,
    order: 'title',
  },
  {
    slug: 'recipes-without-meat',
    title: 'Recipes without meat',
    description: 'Everything we cook that anybody can eat with us.',
    text: '?- instance(Post, "type:recipe"), field(Post, "without-meat", "yes").',
    limit: 50,
    isPublic: true,
    order: 'newest',
  },
] as const
