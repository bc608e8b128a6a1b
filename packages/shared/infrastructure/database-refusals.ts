/** Whether PostgreSQL refused a row because what it refers to is gone (foreign_key_violation). */
export function isMissingReference(error: unknown): boolean {
  return codeOf(error) === '23503'
}

/** Whether PostgreSQL refused a row because another has its value (unique_violation). */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === '23505'
}

/** Drizzle wraps what PostgreSQL said. */
function codeOf(error: unknown): unknown {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
}
