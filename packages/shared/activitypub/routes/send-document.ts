import type { FastifyReply } from 'fastify'
import { NotFoundError } from '../../contracts/errors.ts'
import { activityType } from '../contexts.ts'
import type { Fediverse } from '../fediverse.ts'
import { serialiseArticle } from '../serialise/article.ts'

export const missing = 'There is nothing here that other servers may read.'

/** The same for everybody, whoever asks. */
export function sendDocument(reply: FastifyReply, document: object): FastifyReply {
  return reply
    .header('cache-control', 'public, max-age=60')
    .header('vary', 'accept')
    .header('access-control-allow-origin', '*')
    .type(activityType)
    .send(JSON.stringify(document))
}

/** An article at an address that is a page for everybody else. Throws NotFoundError. */
export async function sendArticle(
  reply: FastifyReply,
  { addresses, publisher }: Fediverse,
  postId: string,
): Promise<FastifyReply> {
  const article = await publisher.find(postId)
  if (!article) throw new NotFoundError(missing)
  return sendDocument(reply, serialiseArticle(article, addresses))
}
