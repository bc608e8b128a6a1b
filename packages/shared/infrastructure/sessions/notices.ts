import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type AppName, appNames } from '../../contracts/apps.ts'
import { hostCookies } from './cookies.ts'

/** One sentence for the next page: "Added to your cart." */
export interface Notice {
  readonly tone: 'success' | 'warning' | 'error'
  readonly text: string
  /** Where to go from there. It names an app, so that it cannot lead to anybody else. */
  readonly link?: NoticeLink | null
}

export interface NoticeLink {
  readonly label: string
  readonly app: AppName
  /** Begins with a slash. */
  readonly path: string
}

const noticesSchema = z
  .array(
    z.object({
      tone: z.enum(['success', 'warning', 'error']),
      text: z.string().min(1).max(300),
      link: z
        .object({
          label: z.string().min(1).max(60),
          app: z.enum(appNames),
          path: z.string().startsWith('/').max(300),
        })
        .nullable()
        .default(null),
    }),
  )
  .max(5)

/**
 * Keeps a notice for the next page this browser shows. It is in a cookie, so nothing is stored; the
 * text is escaped when shown, and nobody but the browser's owner can put one there.
 */
export function addNotice(reply: FastifyReply, notice: Notice): void {
  const { name, attributes } = cookieOf(reply)
  const value = Buffer.from(JSON.stringify([notice])).toString('base64url')
  void reply.setCookie(name, value, { ...attributes, maxAge: 120 })
}

/** Whether there may be some for the next page. */
export function hasNotices(request: FastifyRequest): boolean {
  return request.cookies[cookieOf(request).name] !== undefined
}

/** The notices for this page; they are shown once. */
export function takeNotices(request: FastifyRequest, reply: FastifyReply): readonly Notice[] {
  const { name, attributes } = cookieOf(reply)
  const value = request.cookies[name]
  if (!value) return []
  void reply.clearCookie(name, attributes)
  try {
    const parsed = noticesSchema.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString()))
    return parsed.success ? parsed.data : []
  } catch {
    return []
  }
}

function cookieOf({ server: { config } }: FastifyReply | FastifyRequest) {
  const { nameOf, attributes } = hostCookies(config.publicUrls[config.app])
  return { name: nameOf('notices'), attributes }
}
