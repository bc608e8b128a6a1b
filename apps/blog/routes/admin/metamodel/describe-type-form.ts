import { blocks, valueTypes, widgets } from '../../../services/graph/metamodel.ts'
import { typeName } from '../../../services/graph/names.ts'
import type { TypeDescription } from '../../../services/metamodel/list-metamodel.ts'
import type { Problem } from '../../../services/metamodel/problem.ts'
import type {
  FieldDraft,
  RuleDraft,
  TypeDraft,
  TypeKind,
} from '../../../services/metamodel/type-draft.ts'
import { typesUrl, typeUrl } from '../addresses.ts'
import { chooseFrom } from './choices.ts'
import { describeProblems, errorAt, errorOfRow } from './describe-problems.ts'

export interface ShownType {
  readonly draft: TypeDraft
  /** As it is now; undefined for a new one. */
  readonly known: TypeDescription | undefined
  readonly problems: readonly Problem[]
}

const emptyRows = 3
const blankField: FieldDraft = { name: '', label: '', valueType: 'String', widget: '', target: '' }
const blankRule: RuleDraft = { block: '', message: '' }

const kindWords: readonly { readonly value: TypeKind; readonly label: string }[] = [
  { value: 'plain', label: 'Given by hand: posts are declared to be of it' },
  { value: 'all-of', label: 'All of: what is of every one of the types below' },
  { value: 'any-of', label: 'Any of: what is of at least one of the types below' },
]

export const blankType: TypeDraft = {
  slug: '',
  isNew: true,
  title: '',
  description: '',
  kind: 'plain',
  supertypes: [],
  operands: [],
  fields: [],
  schema: [],
}

/** A type that is there, as its form begins. */
export function draftOfType(known: TypeDescription): TypeDraft {
  const { slug, title, description, kind, supertypes, operands, fields, schema } = known
  return {
    slug,
    isNew: false,
    title,
    description,
    kind,
    supertypes,
    operands,
    fields: fields.map(({ name, label, valueType, widget = '', target = '' }) => ({
      name,
      label,
      valueType,
      widget,
      target,
    })),
    schema,
  }
}

export function describeTypeForm(
  types: readonly TypeDescription[],
  { draft, known, problems }: ShownType,
): object {
  const others = types.filter(({ slug }) => draft.isNew || slug !== draft.slug)
  return {
    isNew: draft.isNew,
    heading: known?.title ?? 'New type',
    action: known ? typeUrl(known.slug) : typesUrl,
    isSeed: known?.isSeed ?? false,
    count: known?.instanceCount ?? 0,
    publicUrl: known ? `/${known.slug}/` : null,
    objectUrl: known ? objectUrlOf(known.slug) : null,
    problems: describeProblems(problems),
    slug: { value: draft.slug, error: errorAt(problems, 'slug') },
    title: { value: draft.title, error: errorAt(problems, 'title') },
    description: { value: draft.description, error: errorAt(problems, 'description') },
    supertypes: chooseFrom(others, draft.supertypes),
    supertypesError: errorAt(problems, 'supertypes'),
    kinds: kindWords.map(({ value, label }) => ({ value, label, isChosen: value === draft.kind })),
    operands: chooseFrom(others, draft.operands),
    operandsError: errorAt(problems, 'operands'),
    fieldsError: errorAt(problems, 'fields'),
    fields: withEmpty(draft.fields, blankField).map((field, place) =>
      describeField(field, { place, types, problems }),
    ),
    rules: withEmpty(draft.schema, blankRule).map((rule, place) =>
      describeRule(rule, { place, problems }),
    ),
  }
}

function objectUrlOf(slug: string): string {
  return `/admin/objects/${encodeURIComponent(typeName(slug))}/`
}

function withEmpty<Row>(rows: readonly Row[], empty: Row): readonly Row[] {
  return [...rows, ...Array.from({ length: emptyRows }, () => empty)]
}

interface Around {
  readonly place: number
  readonly problems: readonly Problem[]
}

function describeField(
  { name, label, valueType, widget, target }: FieldDraft,
  { place, types, problems }: Around & { readonly types: readonly TypeDescription[] },
): object {
  const parts = ['name', 'label', 'type', 'widget', 'target']
  const places = parts.map((part) => `field-${part}-${place}`)
  const isWrong = (part: string) => errorAt(problems, `field-${part}-${place}`) !== null
  return {
    place,
    number: place + 1,
    name,
    label,
    isNameWrong: isWrong('name'),
    isLabelWrong: isWrong('label'),
    isTypeWrong: isWrong('type'),
    isWidgetWrong: isWrong('widget'),
    isTargetWrong: isWrong('target'),
    valueTypes: optionsOf(valueTypes, valueType),
    widgets: optionsOf(widgets, widget),
    targets: chooseFrom(types, [target]),
    error: errorOfRow(problems, places),
  }
}

function describeRule({ block, message }: RuleDraft, { place, problems }: Around): object {
  const [blockPlace, messagePlace] = [`rule-block-${place}`, `rule-message-${place}`]
  return {
    place,
    number: place + 1,
    message,
    blocks: optionsOf(blocks, block),
    isBlockWrong: errorAt(problems, blockPlace) !== null,
    isMessageWrong: errorAt(problems, messagePlace) !== null,
    error: errorOfRow(problems, [blockPlace, messagePlace]),
  }
}

function optionsOf(values: readonly string[], chosen: string) {
  return values.map((value) => ({ value, isChosen: value === chosen }))
}
