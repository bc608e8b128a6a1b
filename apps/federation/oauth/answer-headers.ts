import type { FastifyReply } from 'fastify'
import type { ProviderAnswer } from './answer.ts'

/** What a program gets is neither compressed nor given cookies. The provider's headers are there already. */
export function sendAsIs(reply: FastifyReply, { status, body }: ProviderAnswer): FastifyReply {
  const { raw } = reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined && !raw.hasHeader(name)) raw.setHeader(name, value)
  }
  const text = typeof body === 'string' ? body : body ? JSON.stringify(body) : ''
  raw.statusCode = status
  if (status !== 204) raw.setHeader('content-length', Buffer.byteLength(text))
  raw.end(text)
  return reply
}

export function takeOverHeaders(reply: FastifyReply): void {
  for (const name of reply.raw.getHeaderNames()) {
    const value = reply.raw.getHeader(name)
    reply.raw.removeHeader(name)
    if (value !== undefined && name !== 'content-length') void reply.header(name, value)
  }
}

/** A stranger's browser keeps no session id, so that asking who it is leaves nothing behind. */
export function forgetSession(reply: FastifyReply, name: string): void {
  const all = [reply.getHeader('set-cookie') ?? []].flat().map(String)
  const others = all.filter(
    (line) => !line.startsWith(`${name}=`) && !line.startsWith(`${name}.sig=`),
  )
  const isSet = others.length < all.length
  void reply.removeHeader('set-cookie')
  for (const line of others) void reply.header('set-cookie', line)
  if (!isSet) return
  for (const cookie of [name, `${name}.sig`]) {
    void reply.clearCookie(cookie, { path: '/', secure: name.startsWith('__') })
  }
}
