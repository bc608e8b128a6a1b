import { readFileSync } from 'node:fs'
import { type Clause, parseProgram } from '@rose-ash/datalog'

/** A relation that lists may read: one of `graph/views.dl`. */
export interface SiteRelation {
  readonly name: string
  readonly columns: readonly string[]
  /** For whoever writes a list. */
  readonly meaning: string
}

export const siteRelations: readonly SiteRelation[] = [
  relation('instance(Object, Type)', 'Is of the type, or of one below it'),
  relation('is_a(Object, Type)', 'Was given this type itself'),
  relation('subtype(Type, Above)', 'Is below the other type, however far'),
  relation('subtype_of(Type, Above)', 'Is directly below the other type'),
  relation('tagged(Post, Tag)', 'Has the tag'),
  relation('related(Post, Other)', 'Is related, both ways'),
  relation('contains(Container, Part)', 'Holds the part directly'),
  relation('inside(Container, Part)', 'Holds the part, however deep'),
  relation('link(Source, Kind, Target)', 'Any relation that your site has added'),
  relation(
    'field(Object, Field, Value)',
    'Has the value in the field; a box that is checked is “yes”',
  ),
  relation('neighbour(Source, Kind, Target)', 'Any relation at all, with its kind'),
  relation('shares_tag(Post, Other, Tag)', 'Two posts have the tag'),
  relation('shares_type(Post, Other, Type)', 'Two posts were given the type'),
  relation('shares_value(Post, Other, Field)', 'Two objects have the same value in the field'),
  relation('candidate(Relation, Object)', 'What the relation may lead to'),
  relation('declares(Type, Relation)', 'The type is what the relation leads to'),
  relation('conj(Type, Operand)', 'The type is the intersection of these'),
  relation('disj(Type, Operand)', 'The type is the union of these'),
]

export const siteArities: ReadonlyMap<string, number> = new Map(
  siteRelations.map(({ name, columns }) => [name, columns.length]),
)

/** Relations without rows of their own. A list works them out itself, so that its limits hold for them too. */
export const unkeptRelations: ReadonlySet<string> = new Set([
  'neighbour',
  'shares_tag',
  'shares_type',
  'shares_value',
])

/** Their rules. */
export const unkeptClauses: readonly Clause[] = parseProgram(
  readFileSync(new URL('../../graph/views.dl', import.meta.url), 'utf8'),
).clauses.filter(({ head }) => unkeptRelations.has(head.relation))

function relation(signature: string, meaning: string): SiteRelation {
  const [name = '', columns = ''] = signature.slice(0, -1).split('(')
  return { name, columns: columns.split(', '), meaning }
}
