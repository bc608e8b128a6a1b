import { z } from 'zod'
import type { KvOperation, KvReader, KvWriter } from '../../../graph/kv/kv-store.ts'
import type { Transaction } from '../../../models/index.ts'
import { putRelation, putType } from '../../graph/catalog.ts'
import { relationSpec, typeSpec } from '../../graph/metamodel.ts'
import { seedRelations, seedTypes } from '../../graph/seeds.ts'
import { checkRow, findRow, type RowKind, storeRow } from '../../metamodel/metamodel-row.ts'
import { fingerprint } from '../fingerprint.ts'
import type { Warn } from './part-warnings.ts'

const named = { slug: z.string(), title: z.string().trim(), description: z.string() }

export const metamodelLists = {
  types: z.object({
    ...named,
    fields: typeSpec.shape.fields.default([]),
    schema: typeSpec.shape.schema.default([]),
  }),
  relations: z.object({ ...named, ...relationSpec.shape }),
}

export type MetamodelRow =
  | { readonly kind: 'type'; readonly row: z.output<typeof metamodelLists.types> }
  | { readonly kind: 'relation'; readonly row: z.output<typeof metamodelLists.relations> }

export interface MetamodelStore {
  readonly transaction: Transaction
  readonly inside: KvReader & KvWriter
  readonly warn: Warn
}

/**
 * Stores a type or relation that is not here, or is here as every site begins with it. Returns how much has
 * changed; what was made here under the same slug is kept, and warned about where it differs.
 */
export async function storeMetamodelRow(
  { transaction, inside, warn }: MetamodelStore,
  one: MetamodelRow,
  at: string,
): Promise<number> {
  const { kind, row } = one
  const { slug, title, description, ...spec } = row
  const known = await findRow(transaction, kind, slug)
  const draft = { slug, title, description, isNew: !known }
  const [problem] = await checkRow(transaction, draft)
  if (problem) {
    warn(at, problem.message.replace(/\.$/, ''))
    return 0
  }
  const wanted = fingerprint({ title, description, spec })
  if (known) {
    const here = await inside.get(['metamodel', kind, slug])
    const { title: ourTitle, description: ourDescription } = known
    const ours = fingerprint({ title: ourTitle, description: ourDescription, spec: here })
    if (ours === wanted) return 0
    if (ours !== seedPrint(kind, slug)) {
      warn(at, `“${slug}” says something else here, which was kept`)
      return 0
    }
  }
  await storeRow(transaction, kind, { ...draft, known })
  await inside.write([operationOf(one)])
  return 1
}

function operationOf({ kind, row }: MetamodelRow): KvOperation {
  if (kind === 'type') {
    const { fields, schema } = row
    return putType(row.slug, { fields, schema })
  }
  const { label, inverseLabel, isSymmetric, cardinality } = row
  return putRelation(row.slug, { label, inverseLabel, isSymmetric, cardinality })
}

function seedPrint(kind: RowKind, slug: string): string | undefined {
  const seeds = kind === 'type' ? seedTypes : seedRelations
  const seed = seeds.find((one) => one.slug === slug)
  if (!seed) return undefined
  const { title, description, spec } = seed
  return fingerprint({ title, description, spec })
}
