import type { Engine } from '../evaluate/engine.ts'
import { DatalogError } from '../language/errors.ts'
import type { Value } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted, isNew, isOld } from '../store/state.ts'

/**
 * A snapshot is the eight bytes `datalog1`, the length of the header, the header as JSON, and then 32-bit
 * integers, least byte first: for each relation its columns, its supports and its assertions, row by row.
 */
const magic = 'datalog1'

interface Header {
  readonly rules: string
  /** By code: `2 * place + 1` in this list; even codes are integers. */
  readonly values: readonly Value[]
  readonly relations: readonly {
    readonly name: string
    readonly arity: number
    readonly rows: number
    readonly isHidden: boolean
  }[]
}

export function snapshotEngine(engine: Engine, rules: string): Uint8Array {
  const values: Value[] = []
  const places = new Map<number, number>()
  const translate = (code: number) => {
    if ((code & 1) === 0) return code
    let place = places.get(code)
    if (place === undefined) places.set(code, (place = values.push(engine.values.decode(code)) - 1))
    return place * 2 + 1
  }
  const numbers: number[] = []
  const relations = engine.network.relations.map((relation) => {
    const rows = rowsOf(relation)
    for (const column of relation.columns)
      for (const row of rows) numbers.push(translate(column[row] as number))
    for (const row of rows) numbers.push(relation.support[row] as number)
    for (const row of rows) numbers.push((relation.state[row] as number) & isAsserted)
    return {
      name: relation.name,
      arity: relation.arity,
      rows: rows.length,
      isHidden: relation.isHidden,
    }
  })
  const header = new TextEncoder().encode(
    JSON.stringify({ rules, values, relations } satisfies Header),
  )
  const bytes = new Uint8Array(magic.length + 4 + header.length + numbers.length * 4)
  bytes.set(new TextEncoder().encode(magic))
  const view = new DataView(bytes.buffer)
  view.setUint32(magic.length, header.length, true)
  bytes.set(header, magic.length + 4)
  const start = magic.length + 4 + header.length
  numbers.forEach((number, place) => view.setInt32(start + place * 4, number, true))
  return bytes
}

interface Restoring {
  readonly bytes: Uint8Array
  /** The rules there are now. */
  readonly rules: string
  /** Takes over the rules of the snapshot. */
  readonly adopt: (rules: string) => void
}

/** Throws a DatalogError, and changes nothing, when the bytes are not a snapshot. */
export function restoreEngine(engine: Engine, { bytes, rules, adopt }: Restoring): void {
  const { header, numbers } = read(bytes)
  if (rules === '' && header.rules !== '') {
    adopt(header.rules)
    rules = header.rules
  }
  const isSame = rules === header.rules && header.relations.every((each) => fits(engine, each))
  if (isSame) fill(engine, header, numbers)
  else assertRows(engine, header, numbers)
  engine.stamp += 1
}

function fits(engine: Engine, { name, arity, isHidden }: Header['relations'][number]): boolean {
  const found = findStored(engine, name)
  return found ? found.arity === arity : !isHidden
}

function findStored(engine: Engine, name: string): Relation | undefined {
  return engine.network.relations.find((relation) => relation.name === name)
}

/** Puts every row back as it was, derived ones with their support: nothing is worked out. */
function fill(engine: Engine, { values, relations }: Header, numbers: DataView): void {
  const codes = values.map((value) => engine.values.encode(value))
  for (const relation of engine.network.relations) relation.clear()
  let at = 0
  for (const { name, arity, rows } of relations) {
    const relation = findStored(engine, name) ?? engine.getRelation(name, arity)
    for (let row = 0; row < rows; row += 1) {
      for (let place = 0; place < arity; place += 1)
        relation.key[place] = toCode(numbers.getInt32((at + place * rows + row) * 4, true), codes)
      const stored = relation.put()
      relation.support[stored] = numbers.getInt32((at + arity * rows + row) * 4, true)
      relation.state[stored] =
        isOld | isNew | numbers.getInt32((at + (arity + 1) * rows + row) * 4, true)
    }
    relation.before = relation.size
    at += (arity + 2) * rows
  }
}

function assertRows(engine: Engine, { values, relations }: Header, numbers: DataView): void {
  const before = engine.assertedRows()
  engine.transact(
    ({ write }) => {
      for (const [relation, row] of before) write(relation, row, false)
      let at = 0
      for (const { name, arity, rows } of relations) {
        for (let row = 0; row < rows; row += 1) {
          if (numbers.getInt32((at + (arity + 1) * rows + row) * 4, true) === 0) continue
          const cells = Array.from({ length: arity }, (_, place) =>
            numbers.getInt32((at + place * rows + row) * 4, true),
          )
          write(
            name,
            cells.map((code) => ((code & 1) === 0 ? code >> 1 : (values[code >> 1] as Value))),
            true,
          )
        }
        at += (arity + 2) * rows
      }
    },
    () => undefined,
  )
}

function toCode(stored: number, codes: readonly number[]): number {
  return (stored & 1) === 0 ? stored : (codes[stored >> 1] as number)
}

function rowsOf({ used, state }: Relation): number[] {
  const rows = []
  for (let row = 0; row < used; row += 1) if ((state[row] as number) & isNew) rows.push(row)
  return rows
}

function read(bytes: Uint8Array): { header: Header; numbers: DataView } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const start = magic.length + 4 + view.getUint32(magic.length, true)
    if (new TextDecoder().decode(bytes.subarray(0, magic.length)) === magic) {
      const header = JSON.parse(
        new TextDecoder().decode(bytes.subarray(magic.length + 4, start)),
      ) as Header
      const cells = header.relations.reduce((sum, { arity, rows }) => sum + (arity + 2) * rows, 0)
      if (bytes.length === start + cells * 4)
        return { header, numbers: new DataView(bytes.buffer, bytes.byteOffset + start, cells * 4) }
    }
  } catch (cause) {
    throw notASnapshot({ cause })
  }
  throw notASnapshot()
}

function notASnapshot(options?: ErrorOptions): DatalogError {
  const message = 'These bytes are not a snapshot, or not a whole one.'
  return new DatalogError([{ code: 'value', message, hint: '' }], options)
}
