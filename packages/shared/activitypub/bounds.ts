import { InvalidInputError } from '../contracts/errors.ts'

const deepest = 32
const mostKeys = 10_000
const mostItems = 1000

/** Keeps whoever reads a document from reading for ever. Throws InvalidInputError. */
export function assertBounded(document: unknown): void {
  let keys = 0
  const look = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null) return
    if (depth > deepest) throw new InvalidInputError('The document is nested too deeply.')
    const values = Object.values(value)
    keys += values.length
    if (Array.isArray(value) && values.length > mostItems) {
      throw new InvalidInputError('A list in the document is too long.')
    }
    if (keys > mostKeys) throw new InvalidInputError('The document has too many parts.')
    for (const each of values) look(each, depth + 1)
  }
  look(document, 0)
}
