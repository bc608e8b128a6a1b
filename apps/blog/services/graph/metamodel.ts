import { z } from 'zod'

/** A field's value as it is stored: text for dates (ISO 8601, a day) and names of objects for references. */
export const valueTypes = ['String', 'Text', 'URL', 'Int', 'Date', 'Bool', 'Reference'] as const
export type ValueType = (typeof valueTypes)[number]

export const widgets = ['text', 'textarea', 'url', 'number', 'date', 'checkbox', 'picker'] as const
export type Widget = (typeof widgets)[number]

const defaultWidgets: Readonly<Record<ValueType, Widget>> = {
  String: 'text',
  Text: 'textarea',
  URL: 'url',
  Int: 'number',
  Date: 'date',
  Bool: 'checkbox',
  Reference: 'picker',
}

const fieldName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'A field’s name is small letters, digits and hyphens.')
  .max(40)

export const fieldSpec = z
  .object({
    name: fieldName,
    label: z.string().trim().min(1).max(80),
    valueType: z.enum(valueTypes),
    /** Given only where it is not the usual one. */
    widget: z.enum(widgets).optional(),
    /** The slug of the type that a reference leads to. */
    target: z.string().optional(),
  })
  .refine(({ valueType, target }) => valueType !== 'Reference' || target, {
    message: 'A reference needs the type that it leads to.',
  })
export type FieldSpec = z.infer<typeof fieldSpec>

/** Parts that a post may be asked to have. */
export const blocks = ['heading', 'paragraph', 'image', 'list', 'quote', 'link'] as const
export type Block = (typeof blocks)[number]

export const schemaRule = z.object({
  block: z.enum(blocks),
  /** What a writer is told whose post has none. */
  message: z.string().trim().min(1).max(200),
})
export type SchemaRule = z.infer<typeof schemaRule>

export const typeSpec = z.object({
  fields: z.array(fieldSpec).max(40),
  schema: z.array(schemaRule).max(blocks.length),
})
export type TypeSpec = z.infer<typeof typeSpec>

export const cardinalities = ['many-to-many', 'many-to-one', 'one-to-many', 'one-to-one'] as const

export const relationSpec = z.object({
  label: z.string().trim().min(1).max(80),
  /** From the other end: “contains” is “is part of”. */
  inverseLabel: z.string().trim().min(1).max(80),
  isSymmetric: z.boolean(),
  /** Of how many sources a target may be, and of how many targets a source. */
  cardinality: z.enum(cardinalities),
})
export type RelationSpec = z.infer<typeof relationSpec>

export const emptyType: TypeSpec = { fields: [], schema: [] }

export function widgetOf({ widget, valueType }: FieldSpec): Widget {
  return widget ?? defaultWidgets[valueType] ?? 'text'
}
