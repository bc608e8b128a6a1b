import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { ForbiddenError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import { may } from '@rose-ash/shared/contracts/permissions'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../../models/index.ts'
import { countContent } from '../../../services/export/count-content.ts'
import type { ExportQueue } from '../../../services/export/export-queue.ts'
import type { ExportRecord } from '../../../services/export/export-records.ts'
import { countMembers } from '../../../services/export/members-csv.ts'
import { describeExport, sizeOf } from './describe-export.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly exports: ExportQueue
}

const params = z.object({ id: z.uuid() })
const form = z.object({
  kind: z.enum(['everything', 'ghost']).catch('everything'),
  revisions: z.literal('yes').optional().catch(undefined),
  members: z.literal('yes').optional().catch(undefined),
})

/** Taking the whole site along. For whoever may import; members only for whoever may give roles. */
export async function exportRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page, exports } = options
  app.addHook('onClose', async () => exports.interrupt())

  app.get('/admin/export/', async (request, reply) => {
    const user = requirePermission(request, 'posts.import')
    const counts = await countContent(database)
    const records = await exports.records.list()
    const shown = records.filter((record) => mayHave(user, record)).map(describeExport)
    return page(request, reply, {
      template: 'pages/admin/export',
      title: 'Export',
      isPrivate: true,
      data: {
        counts,
        onlyPosts: counts.posts - counts.pages,
        fileSize: sizeOf(counts.fileBytes),
        members: mayHaveMembers(user) ? await countMembers(database) : null,
        exports: shown,
        isUnfinished: shown.some(({ isUnfinished }) => isUnfinished),
      },
    })
  })

  app.post('/admin/export/', async (request, reply) => {
    const user = requirePermission(request, 'posts.import')
    const { kind, revisions, members } = form.parse(request.body ?? {})
    if (members && !mayHaveMembers(user)) {
      throw new ForbiddenError('Members are for whoever may give roles.')
    }
    const isWhole = kind === 'everything'
    const asked = await exports.request({
      kind,
      withRevisions: isWhole && revisions === 'yes',
      withMembers: isWhole && members === 'yes',
    })
    if (asked.status === 'refused') addNotice(reply, { tone: 'warning', text: asked.sentence })
    return reply.redirect('/admin/export/', 303)
  })

  app.get('/admin/export/:id', async (request, reply) => {
    const record = await getRecord(request)
    const file = exports.records.fileOf(record.id)
    const facts = record.state === 'done' ? await stat(file).catch(() => undefined) : undefined
    if (!facts) throw new NotFoundError('This export is not there. Please make a new one.')
    return reply
      .header('content-type', 'application/zip')
      .header('content-length', facts.size)
      .header('content-disposition', `attachment; filename="${record.fileName}"`)
      .header('cache-control', 'private, no-store')
      .send(createReadStream(file))
  })

  app.post('/admin/export/:id/delete', async (request, reply) => {
    const { id, state } = await getRecord(request)
    // What is being written would come back.
    if (state === 'running') {
      addNotice(reply, { tone: 'warning', text: 'It is still being packed.' })
    } else {
      await exports.records.remove(id)
      addNotice(reply, { tone: 'success', text: 'The export is gone.' })
    }
    return reply.redirect('/admin/export/', 303)
  })

  async function getRecord(request: FastifyRequest): Promise<ExportRecord> {
    const user = requirePermission(request, 'posts.import')
    const parsed = params.safeParse(request.params)
    const record = parsed.success ? await exports.records.find(parsed.data.id) : undefined
    if (!record || !mayHave(user, record)) {
      throw new NotFoundError('This export is not there. It may have been here for a day already.')
    }
    return record
  }
}

/** An archive with members is not for everybody who may make one without. */
function mayHave(user: CurrentUser, { choice }: ExportRecord): boolean {
  return !choice.withMembers || mayHaveMembers(user)
}

function mayHaveMembers({ roles }: CurrentUser): boolean {
  return may(roles, 'roles.grant')
}
