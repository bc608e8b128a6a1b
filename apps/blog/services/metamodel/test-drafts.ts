import type { RelationDraft } from './relation-draft.ts'
import type { TypeDraft } from './type-draft.ts'

/** A new plain type right below “Type”. */
export function typeDraft(values: Partial<TypeDraft> & { readonly slug: string }): TypeDraft {
  return {
    isNew: true,
    title: `The ${values.slug}`,
    description: 'For a test.',
    supertypes: ['type'],
    kind: 'plain',
    operands: [],
    fields: [],
    schema: [],
    ...values,
  }
}

/** A new relation that leads anywhere. */
export function relationDraft(
  values: Partial<RelationDraft> & { readonly slug: string },
): RelationDraft {
  return {
    isNew: true,
    title: `The ${values.slug}`,
    description: 'For a test.',
    label: 'Goes with',
    inverseLabel: 'Went with',
    isSymmetric: false,
    cardinality: 'many-to-many',
    anchors: [],
    ...values,
  }
}

export function fieldDraft(name: string, valueType: string, target = ''): TypeDraft['fields'][0] {
  return { name, label: `The ${name}`, valueType, widget: '', target }
}
