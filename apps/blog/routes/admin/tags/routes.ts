import { ConflictError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import { eq } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Database, tags } from '../../../models/index.ts'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { readAllTags, readTagGroups, tagsAtMost } from '../../../services/tags/list-tags.ts'
import { tagTable } from '../../../services/tags/name-tables.ts'
import { saveTag } from '../../../services/tags/save-tag.ts'
import { problemsOf, type Problems, tagForm } from '../../../services/tags/tag-draft.ts'
import { changeGroups } from '../../../services/tags/tag-groups.ts'
import { removalRoutes } from './removal-routes.ts'
import { groupForm, idOf, namesChanged, textsOf } from './schemas.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly cache: Pick<Cache, 'invalidateTags'>
}

interface ShownForm {
  readonly id: string | undefined
  readonly values: Readonly<Record<string, string>>
  readonly problems?: Problems
  /** When somebody else was first. */
  readonly hasConflict?: boolean
}

const listUrl = '/admin/tags/'
const asked = z.object({ q: z.string().max(200).catch('') })
const names = [
  'name',
  'slug',
  'description',
  'featureImage',
  'accentColor',
  'metaTitle',
  'metaDescription',
  'canonicalUrl',
  'groupId',
] as const

/** Tags and their groups, for editors of the whole site. */
export async function tagAdminRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page, graph, cache } = options
  await removalRoutes(app, { ...options, table: tagTable, listUrl, word: 'tag' })

  app.get(listUrl, (request, reply) => {
    requirePermission(request, 'posts.edit')
    return sendList(request, reply)
  })

  app.post(`${listUrl}groups`, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const parsed = groupForm.safeParse(request.body ?? {})
    if (!parsed.success)
      return sendList(request, reply, parsed.error.issues[0]?.message ?? 'That cannot be done.')
    if (!(await changeGroups(database, parsed.data)))
      throw new NotFoundError('That group or tag is not there any more.')
    await cache.invalidateTags(namesChanged)
    return reply.redirect(`${listUrl}#groups`, 303)
  })

  app.get(`${listUrl}new`, (request, reply) => {
    requirePermission(request, 'posts.edit')
    return sendForm(request, reply, { id: undefined, values: textsOf(names, {}) })
  })
  app.post(`${listUrl}new`, (request, reply) => save(request, reply, undefined))

  app.get(`${listUrl}:id/`, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const row = await getTag(idOf(request))
    return sendForm(request, reply, { id: row.id, values: valuesOf(row) })
  })
  app.post(`${listUrl}:id/`, (request, reply) => save(request, reply, idOf(request)))

  async function save(request: FastifyRequest, reply: FastifyReply, id: string | undefined) {
    requirePermission(request, 'posts.edit')
    const typed = textsOf([...names, 'seenAt'], request.body)
    const parsed = tagForm.safeParse(request.body ?? {})
    if (!parsed.success)
      return sendForm(request, reply, { id, values: typed, problems: problemsOf(parsed.error) })
    const result = await saveTag(await graph.open(), id, parsed.data)
    switch (result.status) {
      case 'gone':
        throw new ConflictError('This tag has been deleted or merged meanwhile.')
      case 'refused':
        return sendForm(request, reply, { id, values: typed, problems: result.problems })
      case 'conflict': {
        const { seenAt = '' } = valuesOf(await getTag(id!))
        return sendForm(request, reply, { id, values: { ...typed, seenAt }, hasConflict: true })
      }
      case 'saved':
        await cache.invalidateTags(namesChanged)
        addNotice(reply, { tone: 'success', text: `“${parsed.data.name}” is saved.` })
        return reply.redirect(listUrl, 303)
    }
  }

  async function getTag(id: string) {
    const [row] = await database.select().from(tags).where(eq(tags.id, id))
    if (!row) throw new NotFoundError('There is no such tag.')
    return row
  }

  async function sendList(request: FastifyRequest, reply: FastifyReply, problem?: string) {
    const { q } = asked.parse(request.query)
    const list = await readAllTags(database, q)
    return page(request, reply, {
      template: 'pages/admin/tags',
      title: 'Tags',
      isPrivate: true,
      status: problem === undefined ? 200 : 422,
      data: {
        query: q,
        problem: problem ?? null,
        ...list,
        hasTags:
          [...list.others, ...list.internal, ...list.groups.flatMap((one) => one.tags)].length > 0,
        atMost: tagsAtMost,
      },
    })
  }

  async function sendForm(request: FastifyRequest, reply: FastifyReply, shown: ShownForm) {
    const { id, values, problems = {}, hasConflict = false } = shown
    const hasProblems = Object.keys(problems).length > 0
    const groups = await readTagGroups(database)
    return page(request, reply, {
      template: 'pages/admin/tag',
      title: id === undefined ? 'New tag' : values['name'] || 'Tag',
      isPrivate: true,
      status: hasConflict ? 409 : hasProblems ? 422 : 200,
      data: {
        id: id ?? null,
        action: id === undefined ? `${listUrl}new` : `${listUrl}${id}/`,
        values: { seenAt: '', ...values },
        problems: { ...Object.fromEntries(names.map((name) => [name, null])), ...problems },
        hasConflict,
        groups: groups.map(({ id: groupId, name }) => ({
          id: groupId,
          name,
          isChosen: groupId === values['groupId'],
        })),
        swatch: /^#[0-9a-f]{6}$/i.test(values['accentColor'] ?? '') ? values['accentColor'] : null,
      },
    })
  }
}

function valuesOf(row: typeof tags.$inferSelect): Record<string, string> {
  const { metaTitle, metaDescription } = row.meta
  return {
    ...textsOf(names, { ...row, metaTitle, metaDescription }),
    seenAt: row.updatedAt.toISOString(),
  }
}
