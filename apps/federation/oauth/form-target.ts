import type { FastifyReply } from 'fastify'

/**
 * Lets the forms of this page lead on to an app: browsers apply `form-action` to every redirect after
 * a form was sent (Content Security Policy 3, 6.4.1). `uri` must be one that the app has registered.
 */
export function allowFormTarget(reply: FastifyReply, uri: string | undefined): void {
  const source = uri === undefined ? undefined : sourceOf(uri)
  const policy = reply.getHeader('content-security-policy')
  if (!source || typeof policy !== 'string') return
  void reply.header(
    'content-security-policy',
    policy.replace("form-action 'self'", `form-action 'self' ${source}`),
  )
}

/** `https://app.example` or, for apps on a phone, `com.example.app:`. */
export function sourceOf(uri: string): string | undefined {
  const url = URL.parse(uri)
  if (!url) return undefined
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  return isWeb ? url.origin : url.protocol
}
