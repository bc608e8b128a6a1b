import type { FastifyReply } from 'fastify'

/** Raw HTML for the head and the end of the body, and the CSP sources that it needs. */
export interface PageCode {
  readonly head: string
  readonly foot: string
  readonly scriptSources: readonly string[]
  readonly styleSources: readonly string[]
}

/** Lets the page's own code in, and nothing else. */
export function openPolicy(
  reply: FastifyReply,
  { scriptSources, styleSources }: Pick<PageCode, 'scriptSources' | 'styleSources'>,
): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
  const opened = policy
    .replace(/\bscript-src /, `$&${scriptSources.map((source) => `${source} `).join('')}`)
    .replace(/\bstyle-src /, `$&${styleSources.map((source) => `${source} `).join('')}`)
  void reply.header('content-security-policy', opened)
}
