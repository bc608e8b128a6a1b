import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../models/index.ts'
import { findRedirect, listRedirectRules } from './queries.ts'

/** Any address that no other route answers. */
export async function movedRoutes(
  app: FastifyInstance,
  { database }: { readonly database: Database },
): Promise<void> {
  app.get('/*', { config: { handshake: 'never' } }, (request, reply) =>
    followMove(request, reply, { database, otherwise: 'It may be mistyped, or have moved.' }),
  )
}

/** Leads to where an address has moved. Throws NotFoundError with the sentence `otherwise`. */
export async function followMove(
  request: FastifyRequest,
  reply: FastifyReply,
  { database, otherwise }: { readonly database: Database; readonly otherwise: string },
): Promise<FastifyReply> {
  const [path = '', ...query] = request.url.split('?')
  const moved = await findMove(database, decodeURIComponent(path))
  if (!moved) throw new NotFoundError(otherwise)
  return reply.redirect(locationOf(moved.toPath, query.join('?')), moved.permanent ? 301 : 302)
}

async function findMove(
  database: Database,
  path: string,
): Promise<{ readonly toPath: string; readonly permanent: boolean } | undefined> {
  const exact = await findRedirect(database, path)
  if (exact) return exact
  const rules = await listRedirectRules(database)
  if (rules.length === 0) return undefined
  const { applyRules } = await import('./redirect-rules.ts')
  const found = applyRules(rules, path)
  // Where a pattern leads may have moved itself: one step for the reader.
  const next = found && (await findRedirect(database, found.toPath.split('?')[0] ?? ''))
  return next ?? found
}

const here = 'http://here.invalid'

/** In ASCII, as headers have to be; with the query of the old address when the new one has none. */
function locationOf(toPath: string, query: string): string {
  const target = new URL(toPath, here)
  target.search ||= query
  return target.origin === here ? target.pathname + target.search + target.hash : target.href
}
