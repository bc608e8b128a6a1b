import type { FastifyReply, FastifyRequest } from 'fastify'

/** Set by comments.js: the answer takes the place of a part of the page, and is no page itself. */
const partHeader = 'x-wants-part'

export function isPartWanted(request: FastifyRequest): boolean {
  return request.headers[partHeader] === 'yes'
}

/** HTML for one visitor, with what they may do: nobody keeps it. `shows` is the id to go to. */
export function sendPart(reply: FastifyReply, html: string, shows?: string): FastifyReply {
  if (shows) void reply.header('x-shows', shows)
  return reply
    .header('cache-control', 'private, no-store')
    .header('x-robots-tag', 'noindex')
    .header('x-is-part', 'yes')
    .type('text/html; charset=utf-8')
    .send(html)
}
