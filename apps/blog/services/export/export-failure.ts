const onDisk: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Once there is room, make it again.',
  EDQUOT: 'The disk is full. Once there is room, make it again.',
  EACCES: 'Its folder cannot be written to. Whoever looks after the server can help.',
  EPERM: 'Its folder cannot be written to. Whoever looks after the server can help.',
  EROFS: 'Its folder cannot be written to. Whoever looks after the server can help.',
}

/** Why an archive was not finished, for whoever has asked for it. */
export function describeExportFailure(error: unknown): string {
  const causes = causesOf(error)
  const sentence = causes.map(({ code }) => onDisk[String(code)]).find(Boolean)
  if (sentence) return sentence
  if (causes.some(isOfConnection)) return 'The database went away. Please make it again.'
  return 'It could not be finished. Please make it again.'
}

type Cause = Error & { readonly code?: unknown }

function causesOf(error: unknown): readonly Cause[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}

/** PostgreSQL's classes 08 and 57 are of the connection and of its own going; `pg` says only words. */
function isOfConnection({ code, message }: Cause): boolean {
  return /^(?:08|57P|ECONN|EPIPE)/.test(String(code)) || message.startsWith('Connection terminated')
}
