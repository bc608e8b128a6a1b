import { z } from 'zod'
import {
  type FieldDraft,
  type RuleDraft,
  type TypeDraft,
  typeKinds,
} from '../../../services/metamodel/type-draft.ts'
import { manyTexts, text } from './form-values.ts'

const posted = z.looseObject({
  slug: text,
  title: text,
  description: text,
  kind: z.enum(typeKinds).catch('plain'),
  supertype: manyTexts,
  operand: manyTexts,
})
const mostRows = 100

/** Reads a type’s form. Rows that were left empty are none; the others keep their order. */
export function readTypeForm(body: unknown, slug: string | undefined): TypeDraft {
  const form = posted.parse(body ?? {})
  const rows = (prefix: 'field' | 'rule') => rowNumbers(form, prefix)
  const at = (name: string) => text.parse(form[name])
  return {
    slug: slug ?? form.slug,
    isNew: slug === undefined,
    title: form.title,
    description: form.description,
    kind: form.kind,
    supertypes: form.supertype,
    operands: form.operand,
    fields: rows('field')
      .map((row): FieldDraft => ({
        name: at(`field-name-${row}`),
        label: at(`field-label-${row}`),
        valueType: at(`field-type-${row}`),
        widget: at(`field-widget-${row}`),
        target: at(`field-target-${row}`),
      }))
      .filter(({ name, label }) => name !== '' || label !== ''),
    schema: rows('rule')
      .map((row): RuleDraft => ({
        block: at(`rule-block-${row}`),
        message: at(`rule-message-${row}`),
      }))
      .filter(({ block, message }) => block !== '' || message !== ''),
  }
}

function rowNumbers(form: Readonly<Record<string, unknown>>, prefix: string): readonly number[] {
  const pattern = new RegExp(`^${prefix}-[a-z]+-(\\d{1,3})$`)
  const numbers = Object.keys(form).flatMap((name) => {
    const [, number] = pattern.exec(name) ?? []
    return number === undefined ? [] : [Number(number)]
  })
  return [...new Set(numbers)].toSorted((one, other) => one - other).slice(0, mostRows)
}
