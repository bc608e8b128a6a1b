import { InvalidInputError } from '../contracts/errors.ts'

const deepest = 32
const mostKeys = 10_000
const mostItems = 1000

/**
 * Keeps whoever reads a document from reading for ever, and PostgreSQL from characters that it has no place
 * for. Throws InvalidInputError.
 */
export function assertSound(document: unknown): void {
  let keys = 0
  const look = (value: unknown, depth: number) => {
    if (typeof value === 'string') return assertStorable(value)
    if (typeof value !== 'object' || value === null) return undefined
    if (depth > deepest) throw new InvalidInputError('The document is nested too deeply.')
    const entries = Object.entries(value)
    keys += entries.length
    if (Array.isArray(value) && entries.length > mostItems) {
      throw new InvalidInputError('A list in the document is too long.')
    }
    if (keys > mostKeys) throw new InvalidInputError('The document has too many parts.')
    for (const [name, each] of entries) {
      assertStorable(name)
      look(each, depth + 1)
    }
    return undefined
  }
  look(document, 0)
}

function assertStorable(text: string): void {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new InvalidInputError('There is a character in the document that cannot be kept.')
  }
}
