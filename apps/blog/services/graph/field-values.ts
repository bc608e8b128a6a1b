import { fieldsPrefix } from '../../graph/facts.ts'
import type { Key } from '../../graph/kv/key.ts'
import type { KvOperation, KvReader, KvValue } from '../../graph/kv/kv-store.ts'
import { isWebAddress } from '../documents/web-address.ts'
import type { FieldSpec } from './metamodel.ts'
import { typeName } from './names.ts'
import type { Graph } from './open-graph.ts'

export type FieldValue = string | number | boolean
export type FieldValues = Readonly<Record<string, FieldValue>>

export interface FieldProblem {
  readonly field: string
  readonly message: string
}

export interface ReadFields {
  readonly values: FieldValues
  readonly problems: readonly FieldProblem[]
}

const longestText = { String: 500, Text: 20_000, URL: 2000 } as const

function keyOf(object: string): Key {
  return [...fieldsPrefix, object]
}

export async function readFieldValues(store: KvReader, object: string): Promise<FieldValues> {
  return ((await store.get(keyOf(object))) ?? {}) as FieldValues
}

/** Of the objects that have any: one query, however many they are. */
export async function readFieldValuesOf(
  store: KvReader,
  objects: readonly string[],
): Promise<ReadonlyMap<string, FieldValues>> {
  const entries = await store.scanAll([...new Set(objects)].map(keyOf))
  return new Map(entries.map(({ key, value }) => [String(key.at(-1)), value as FieldValues]))
}

/** Values of fields that an object has no more stay where they are: its types may have them again. */
export async function writeFieldValues(
  store: KvReader,
  object: string,
  values: FieldValues,
): Promise<KvOperation> {
  return putFieldValues(object, { ...(await readFieldValues(store, object)), ...values })
}

export function putFieldValues(object: string, values: FieldValues): KvOperation {
  return { kind: 'put', key: keyOf(object), value: values as KvValue }
}

/** The same values, with other names for the objects that they name. */
export function withNames<Value>(
  values: Readonly<Record<string, Value>>,
  names: ReadonlyMap<string, string>,
): Record<string, Value | string> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      typeof value === 'string' ? (names.get(value) ?? value) : value,
    ]),
  )
}

export function deleteFieldValues(object: string): KvOperation {
  return { kind: 'delete', key: keyOf(object) }
}

/** Reads what a form sent, under `field-<name>`. A field that was left empty has no value, and `false` for a box. */
export function readFields(
  graph: Graph,
  specs: readonly FieldSpec[],
  form: Readonly<Record<string, unknown>>,
): ReadFields {
  const values: Record<string, FieldValue> = {}
  const problems: FieldProblem[] = []
  for (const spec of specs) {
    const sent = form[`field-${spec.name}`]
    const text = typeof sent === 'string' ? sent.trim() : ''
    if (spec.valueType === 'Bool') {
      values[spec.name] = text === 'on' || text === 'true'
      continue
    }
    const read = text === '' ? '' : readValue(graph, spec, text)
    if (typeof read === 'object') problems.push({ field: spec.name, message: read.problem })
    else values[spec.name] = read
  }
  return { values, problems }
}

function readValue(
  { views }: Graph,
  { label, valueType, target }: FieldSpec,
  text: string,
): string | number | { readonly problem: string } {
  switch (valueType) {
    case 'Int': {
      const number = Number(text)
      return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(number)
        ? number
        : { problem: `${label} is a whole number, such as 12.` }
    }
    case 'Date':
      return isDay(text) ? text : { problem: `${label} is a day, such as 2026-05-01.` }
    case 'URL':
      return isWebAddress(text) && text.length <= longestText.URL
        ? text
        : { problem: `${label} is an address that begins with https:// or http://.` }
    case 'Reference':
      return views.database.has('instance', [text, typeName(target ?? '')])
        ? text
        : { problem: `${label} leads to something of the type “${target}”.` }
    case 'String':
    case 'Text':
      return text.length <= longestText[valueType]
        ? text
        : { problem: `${label} is longer than ${longestText[valueType]} characters.` }
    case 'Bool':
      return text
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
