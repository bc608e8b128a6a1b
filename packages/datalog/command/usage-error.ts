/** A sentence for the person at the terminal: a flag, a file or a word that cannot be. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
