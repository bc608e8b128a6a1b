import type { FastifyInstance, FastifyReply } from 'fastify'
import { InvalidInputError, NotFoundError } from '../../contracts/errors.ts'
import type { ActorAddresses } from '../addresses.ts'
import type { Publisher } from '../publisher.ts'
import { answerWebFinger } from './webfinger.ts'

interface Options {
  readonly addresses: ActorAddresses
  readonly publicUrl: string
  readonly publisher: Pick<Publisher, 'count'>
}

const nodeInfoVersions = ['2.1', '2.0'] as const

/** How other servers find out who is here: WebFinger (RFC 7033), host-meta (RFC 6415) and NodeInfo. */
export async function discoveryRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { addresses, publicUrl, publisher } = options
  const config = { isForMachines: true }

  app.get<{ Querystring: { resource?: unknown; rel?: string | string[] } }>(
    '/.well-known/webfinger',
    { config },
    async ({ query }, reply) => {
      forEverybody(reply)
      const answer = answerWebFinger(query.resource, [query.rel ?? []].flat(), addresses)
      if (answer.status === 'malformed') {
        throw new InvalidInputError('Name who you look for: ?resource=acct:name@host')
      }
      if (answer.status === 'unknown') throw new NotFoundError('There is nobody of that name here.')
      return reply.type('application/jrd+json; charset=utf-8').send(JSON.stringify(answer.document))
    },
  )

  app.get('/.well-known/host-meta', { config }, async (_request, reply) =>
    forEverybody(reply)
      .type('application/xrd+xml; charset=utf-8')
      .send(
        `<?xml version="1.0" encoding="UTF-8"?>
<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" type="application/jrd+json" template="${publicUrl}/.well-known/webfinger?resource={uri}"/></XRD>
`,
      ),
  )

  app.get('/.well-known/nodeinfo', { config }, async (_request, reply) =>
    forEverybody(reply).send({
      links: nodeInfoVersions.map((version) => ({
        rel: `http://nodeinfo.diaspora.software/ns/schema/${version}`,
        href: `${publicUrl}/nodeinfo/${version}`,
      })),
    }),
  )

  for (const version of nodeInfoVersions) {
    app.get(`/nodeinfo/${version}`, { config }, async (_request, reply) =>
      forEverybody(reply).send({
        version,
        software: { name: 'rose-ash', version: '0.1.0' },
        protocols: ['activitypub'],
        services: { inbound: [], outbound: ['atom1.0', 'rss2.0'] },
        openRegistrations: false,
        usage: { users: { total: 1 }, localPosts: await publisher.count() },
        metadata: {},
      }),
    )
  }
}

function forEverybody(reply: FastifyReply): FastifyReply {
  return reply
    .header('access-control-allow-origin', '*')
    .header('cache-control', 'public, max-age=300')
}
