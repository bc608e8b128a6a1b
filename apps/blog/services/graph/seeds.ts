import type { Edge } from '../../graph/edges.ts'
import { type RelationSpec, type TypeSpec, emptyType } from './metamodel.ts'
import { relationName, typeName } from './names.ts'

interface Seed<Spec> {
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly spec: Spec
}

/** The types and relations that every site begins with. They can be added to, and not be taken away. */
export const seedTypes: readonly Seed<TypeSpec>[] = [
  {
    slug: 'type',
    title: 'Type',
    description: 'What posts can be. A type is a post too, and can be above and below others.',
    spec: emptyType,
  },
  {
    slug: 'tag',
    title: 'Tag',
    description: 'A word that posts are tagged with.',
    spec: emptyType,
  },
  {
    slug: 'article',
    title: 'Article',
    description: 'Something to read.',
    spec: {
      fields: [
        { name: 'subtitle', label: 'Subtitle', valueType: 'String' },
        { name: 'hero', label: 'Hero picture', valueType: 'URL' },
      ],
      schema: [{ block: 'heading', message: 'An article needs a heading.' }],
    },
  },
  {
    slug: 'relation',
    title: 'Relation',
    description: 'How one object can be related to another.',
    spec: emptyType,
  },
]

function directed(label: string, inverseLabel: string): RelationSpec {
  return { label, inverseLabel, isSymmetric: false, cardinality: 'many-to-many' }
}

export const seedRelations: readonly Seed<RelationSpec>[] = [
  {
    slug: 'is-a',
    title: 'Is a',
    description: 'An object is of a type, and of each type above that.',
    spec: directed('Is a', 'Of this type'),
  },
  {
    slug: 'subtype-of',
    title: 'Subtype of',
    description: 'Everything of a type is also of the type above it.',
    spec: directed('Subtype of', 'Subtypes'),
  },
  {
    slug: 'tagged',
    title: 'Tagged',
    description: 'A post is about what a tag says.',
    spec: directed('Tagged', 'Tagged with this'),
  },
  {
    slug: 'related',
    title: 'Related',
    description: 'Two posts belong together, either way.',
    spec: { ...directed('Related', 'Related'), isSymmetric: true },
  },
  {
    slug: 'declares',
    title: 'Declares',
    description: 'A relation leads to objects of the type that declares it.',
    spec: directed('Declares', 'Declared by'),
  },
  {
    slug: 'contains',
    title: 'Contains',
    description: 'One object is a part of another.',
    spec: directed('Contains', 'Part of'),
  },
  {
    slug: 'conj',
    title: 'All of',
    description: 'A type whose objects are of every one of these types.',
    spec: directed('All of', 'Needed by'),
  },
  {
    slug: 'disj',
    title: 'Any of',
    description: 'A type whose objects are of at least one of these types.',
    spec: directed('Any of', 'Enough for'),
  },
  {
    slug: 'written-by',
    title: 'Written by',
    description: 'Who wrote a post.',
    spec: directed('Written by', 'Has written'),
  },
  {
    slug: 'links-to',
    title: 'Links to',
    description: 'The text of one post has a link to another.',
    spec: directed('Links to', 'Linked from'),
  },
]

/** A site cannot do without these: no edge that the seeds have may go. */
export const seedEdges: readonly Edge[] = [
  { source: typeName('tag'), kind: 'subtype-of', target: typeName('type') },
  { source: typeName('article'), kind: 'subtype-of', target: typeName('type') },
  { source: typeName('type'), kind: 'declares', target: relationName('is-a') },
  { source: typeName('type'), kind: 'declares', target: relationName('subtype-of') },
  { source: typeName('type'), kind: 'declares', target: relationName('conj') },
  { source: typeName('type'), kind: 'declares', target: relationName('disj') },
  { source: typeName('tag'), kind: 'declares', target: relationName('tagged') },
  ...seedRelations.map(({ slug }) => ({
    source: relationName(slug),
    kind: 'is-a',
    target: typeName('relation'),
  })),
]
