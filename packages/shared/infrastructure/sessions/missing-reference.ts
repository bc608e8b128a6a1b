/** Whether PostgreSQL refused a row because what it refers to is gone (foreign_key_violation). */
export function isMissingReference(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '23503'
}
