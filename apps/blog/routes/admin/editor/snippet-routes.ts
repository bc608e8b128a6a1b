import { InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../../models/index.ts'
import { parseJson } from '../../../services/documents/parse-json.ts'
import {
  deleteSnippet,
  listSnippets,
  renameSnippet,
  saveSnippet,
} from '../../../services/editing/snippets.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
}

const nameSchema = z
  .string('A snippet needs a name.')
  .trim()
  .min(1, 'A snippet needs a name.')
  .max(191, 'The name is too long: 191 letters at most.')
const posted = z.object({
  name: nameSchema,
  value: z.string('A snippet needs a text.').max(1_000_000, 'The snippet is too long.'),
})
const valueSchema = z.looseObject({ nodes: z.array(z.looseObject({ type: z.string() })).min(1) })
const params = z.object({ id: z.uuid() })
const address = '/admin/snippets/'

/** Parts of texts that are put in again and again: for the editor in JSON, for people as a page. */
export async function snippetRoutes(
  app: FastifyInstance,
  { database, page }: Options,
): Promise<void> {
  app.get(address, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const found = await listSnippets(database)
    void reply.header('vary', 'accept')
    if (!(request.headers.accept ?? '').includes('text/html')) {
      const snippets = found.map(({ name, lexical }) => ({ name, value: JSON.stringify(lexical) }))
      return reply.send({ snippets })
    }
    return page(request, reply, {
      template: 'pages/admin/snippets',
      title: 'Snippets',
      isPrivate: true,
      data: {
        snippets: found.map(({ id, name }) => ({ id, name, renameUrl: `${address}${id}` })),
      },
    })
  })

  app.post(address, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const { name, value } = read(posted, request.body)
    const lexical = valueSchema.safeParse(parseJson(value))
    if (!lexical.success) throw new InvalidInputError('That is no text of the editor.')
    await saveSnippet(database, { name, lexical: lexical.data })
    return reply.status(201).send({ name })
  })

  app.delete(address, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const { name } = read(z.object({ name: nameSchema }), request.query)
    if (!(await deleteSnippet(database, { name }))) throw notThere()
    return reply.status(204).send()
  })

  app.post(`${address}:id`, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const id = readId(request.params)
    const { name } = read(z.object({ name: nameSchema }), request.body)
    const renamed = await renameSnippet(database, { id, name })
    if (renamed === undefined) throw notThere()
    addNotice(
      reply,
      renamed
        ? { tone: 'success', text: `The snippet is called “${name}” now.` }
        : { tone: 'error', text: `Another snippet is called “${name}”.` },
    )
    return reply.redirect(address, 303)
  })

  app.post(`${address}:id/delete`, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    if (!(await deleteSnippet(database, { id: readId(request.params) }))) throw notThere()
    addNotice(reply, { tone: 'success', text: 'The snippet is gone. Texts that have it keep it.' })
    return reply.redirect(address, 303)
  })
}

function read<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const parsed = schema.safeParse(value ?? {})
  if (!parsed.success) throw new InvalidInputError(parsed.error.issues[0]?.message ?? '')
  return parsed.data
}

function readId(value: unknown): string {
  const parsed = params.safeParse(value)
  if (!parsed.success) throw notThere()
  return parsed.data.id
}

function notThere(): NotFoundError {
  return new NotFoundError('There is no such snippet.')
}
