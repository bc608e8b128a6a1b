import type { FastifyReply } from 'fastify'

/**
 * To be called where a page with the editor is sent, before it is: the editor shows pictures and films
 * that are still being uploaded, whose addresses begin with `blob:`. Its cards have their colours as
 * attributes. Nothing else is let in.
 */
export function editorContentPolicy(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
  void reply.header(
    'content-security-policy',
    `${policy.replaceAll(/\b(img-src|media-src) /g, '$1 blob: ')};style-src-attr 'unsafe-inline'`,
  )
}
