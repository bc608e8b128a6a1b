import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { InvalidInputError, UnauthorizedError } from '../../contracts/errors.ts'
import type { FragmentName } from '../../contracts/fragments.ts'
import { isSignatureValid, signatureHeader } from '../security/signature.ts'

/** One fragment that an app serves. Made with `defineFragment`. */
export interface FragmentProvider {
  render(parameters: Readonly<Record<string, string>>): Promise<string>
}

/** What an app serves under `/internal/fragments/<type>`. */
export type FragmentProviders = Readonly<Partial<Record<FragmentName, FragmentProvider>>>

/** Ties a fragment's parameters to their schema. Whatever does not fit renders as nothing. */
export function defineFragment<Parameters>(
  parameters: z.ZodType<Parameters>,
  render: (parameters: Parameters) => Promise<string>,
): FragmentProvider {
  return {
    async render(values) {
      const parsed = parameters.safeParse(values)
      return parsed.success ? render(parsed.data) : ''
    },
  }
}

const batchSchema = z
  .array(z.object({ type: z.string(), parameters: z.record(z.string(), z.string()) }))
  .max(200)

interface Options {
  readonly fragments: FragmentProviders
  readonly signatureKey: Buffer
}

/**
 * `GET /internal/fragments/<type>?…` answers HTML, `POST /internal/fragments` a JSON list of HTML.
 * Callers without our signature get 401. An unknown type is 200 with nothing in it, and so is one
 * that fails: the reason is in the log.
 */
export async function fragmentRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { fragments, signatureKey } = options

  // The signature is over the bytes as sent, so they are kept until it has been checked.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )
  app.addHook('preValidation', async (request) => assertSigned(request, signatureKey))

  app.get<{ Params: { type: string }; Querystring: Record<string, string> }>(
    '/internal/fragments/:type',
    async (request, reply) => {
      const html = await renderOne(request, request.params.type, request.query)
      return reply.type('text/html; charset=utf-8').send(html)
    },
  )

  app.post('/internal/fragments', async (request) => {
    const queries = parseBatch(String(request.body))
    return Promise.all(queries.map(({ type, parameters }) => renderOne(request, type, parameters)))
  })

  app.all('/internal/*', async () => '')

  async function renderOne(
    request: FastifyRequest,
    type: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string> {
    try {
      const provider = Object.hasOwn(fragments, type) ? fragments[type as FragmentName] : undefined
      return (await provider?.render(parameters)) ?? ''
    } catch (error) {
      request.log.error({ err: error, fragment: type }, 'fragment failed')
      return ''
    }
  }
}

function parseBatch(body: string): z.output<typeof batchSchema> {
  try {
    return batchSchema.parse(JSON.parse(body))
  } catch (cause) {
    throw new InvalidInputError('A batch is a list of at most 200 fragments.', { cause })
  }
}

function assertSigned(request: FastifyRequest, key: Buffer): void {
  const isSigned = isSignatureValid(key, {
    method: request.method,
    path: request.url,
    body: typeof request.body === 'string' ? request.body : '',
    signature: String(request.headers[signatureHeader] ?? ''),
  })
  if (!isSigned) throw new UnauthorizedError('This address is for our own services only.')
}
