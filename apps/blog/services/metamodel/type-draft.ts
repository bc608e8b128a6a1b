import {
  type FieldSpec,
  fieldSpec,
  type SchemaRule,
  schemaRule,
  type TypeSpec,
  typeSpec,
  widgetOf,
} from '../graph/metamodel.ts'
import type { RowDraft } from './metamodel-row.ts'
import { type Problem, problemAt } from './problem.ts'

/** Posts are declared to be of a plain type; what is of another one follows from its operands. */
export const typeKinds = ['plain', 'all-of', 'any-of'] as const
export type TypeKind = (typeof typeKinds)[number]

/** A type as somebody wants it. Fields and rules are as they were typed, and read when it is saved. */
export interface TypeDraft extends RowDraft {
  readonly supertypes: readonly string[]
  readonly kind: TypeKind
  readonly operands: readonly string[]
  readonly fields: readonly FieldDraft[]
  readonly schema: readonly RuleDraft[]
}

export interface FieldDraft {
  readonly name: string
  readonly label: string
  readonly valueType: string
  /** Empty for the usual one. */
  readonly widget: string
  /** The slug of a type, or empty. */
  readonly target: string
}

export interface RuleDraft {
  readonly block: string
  readonly message: string
}

const fieldSentences: Readonly<Record<string, string>> = {
  name: 'A field’s name is small letters, digits and hyphens, at most 40, and begins with a letter.',
  label: 'A field needs a label of at most 80 letters.',
  type: 'Please choose what kind of value the field has.',
  widget: 'There is no such input.',
  target: 'A reference needs the type that it leads to.',
}

const ruleSentences: Readonly<Record<string, string>> = {
  block: 'Please choose what a post must have.',
  message: 'Say in at most 200 letters what a writer is told.',
}

/** Reads what a type says of itself; its problems name the inputs, `field-name-0` and so on. */
export function readTypeSpec(
  draft: TypeDraft,
  titles: ReadonlyMap<string, string>,
): { readonly spec: TypeSpec; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const fields = draft.fields.flatMap((field, place) => {
    const read = fieldSpec.safeParse(candidateField(field))
    if (read.success) return [read.data]
    problems.push(...problemsOf(read.error.issues, { prefix: 'field', place }))
    return []
  })
  const schema = draft.schema.flatMap((rule, place) => {
    const read = schemaRule.safeParse(rule)
    if (read.success) return [read.data]
    problems.push(...problemsOf(read.error.issues, { prefix: 'rule', place }))
    return []
  })
  const spec = { fields: fields.map(withoutUsualWidget), schema }
  if (problems.length === 0) problems.push(...checkWhole(spec, titles))
  return { spec, problems }
}

function candidateField({ name, label, valueType, widget, target }: FieldDraft): object {
  return {
    name,
    label,
    valueType,
    ...(widget === '' ? {} : { widget }),
    ...(valueType === 'Reference' && target !== '' ? { target } : {}),
  }
}

function problemsOf(
  issues: readonly { readonly path: readonly PropertyKey[] }[],
  { prefix, place }: { readonly prefix: 'field' | 'rule'; readonly place: number },
): Problem[] {
  const sentences = prefix === 'field' ? fieldSentences : ruleSentences
  // What is wrong with a field as a whole is its target.
  const parts = issues.map(({ path: [part = 'target'] }) =>
    part === 'valueType' ? 'type' : String(part),
  )
  return [...new Set(parts)].map((part) =>
    problemAt(`${prefix}-${part}-${place}`, sentences[part] ?? 'This cannot be read.'),
  )
}

function withoutUsualWidget(field: FieldSpec): FieldSpec {
  const { widget, ...plain } = field
  return widget === undefined || widget === widgetOf(plain) ? plain : field
}

function checkWhole(spec: TypeSpec, titles: ReadonlyMap<string, string>): Problem[] {
  const { fields, schema } = spec
  const problems = [
    ...repeated(fields, ({ name }) => name).map(([place, name]) =>
      problemAt(`field-name-${place}`, `There are two fields with the name “${name}”.`),
    ),
    ...repeated<SchemaRule>(schema, ({ block }) => block).map(([place, block]) =>
      problemAt(`rule-block-${place}`, `There are two rules about the same part, “${block}”.`),
    ),
    ...fields.flatMap(({ label, target }, place) =>
      target === undefined || titles.has(target)
        ? []
        : [
            problemAt(
              `field-target-${place}`,
              `“${label}” leads to a type “${target}”, which there is not.`,
            ),
          ],
    ),
  ]
  if (problems.length === 0 && !typeSpec.safeParse(spec).success)
    problems.push(problemAt('field-name-0', 'A type has at most 40 fields.'))
  return problems
}

/** The places of all that are there before, too. */
function repeated<Item>(items: readonly Item[], keyOf: (item: Item) => string): [number, string][] {
  const keys = items.map(keyOf)
  return keys.flatMap((key, place): [number, string][] =>
    keys.indexOf(key) < place ? [[place, key]] : [],
  )
}
