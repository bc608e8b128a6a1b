import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import multipart from '@fastify/multipart'
import { InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../../models/index.ts'
import {
  createImportRecord,
  findImport,
  listImports,
} from '../../../services/ghost/import-record.ts'
import type { UploadQueue } from '../../../services/ghost/upload-queue.ts'
import { describeImport } from './describe-import.ts'
import { receiveUpload, shownFileName } from './receive-upload.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly uploads: UploadQueue
}

const shownImports = 20
const params = z.object({ id: z.uuid() })

/** Uploading a Ghost export, and how far its import is. For editors. */
export async function importRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page, uploads } = options
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { files: 1, fields: 2, fieldSize: 1000, fileSize: app.config.limits.uploadBytes },
  })
  app.addHook('onClose', async () => uploads.interrupt())

  app.get('/admin/import/', async (request, reply) => {
    requirePermission(request, 'posts.import')
    return sendForm(request, reply)
  })

  app.post('/admin/import/', async (request, reply) => {
    const user = requirePermission(request, 'posts.import')
    const received = randomUUID()
    try {
      const upload = request.isMultipart() ? await request.file() : undefined
      if (!upload) throw new InvalidInputError('Please choose a file first.')
      await receiveUpload(upload, uploads.fileOf(received))
      await createImportRecord(database, {
        id: received,
        fileName: shownFileName(upload),
        startedBy: user.id,
      })
      await uploads.enqueue(received)
    } catch (error) {
      await rm(uploads.fileOf(received), { force: true })
      if (!(error instanceof InvalidInputError)) throw error
      return sendForm(request, reply, error.message)
    }
    return reply.redirect(`/admin/import/${received}`, 303)
  })

  app.get('/admin/import/:id', async (request, reply) => {
    requirePermission(request, 'posts.import')
    const parsed = params.safeParse(request.params)
    const record = parsed.success ? await findImport(database, parsed.data.id) : undefined
    if (!record) throw new NotFoundError('There is no such import.')
    return page(request, reply, {
      template: 'pages/admin/import-progress',
      title: 'Import from Ghost',
      isPrivate: true,
      data: describeImport(record),
    })
  })

  async function sendForm(
    request: FastifyRequest,
    reply: FastifyReply,
    error: string | null = null,
  ) {
    const imports = await listImports(database, shownImports)
    return page(request, reply, {
      template: 'pages/admin/import',
      title: 'Import from Ghost',
      isPrivate: true,
      status: error ? 422 : 200,
      data: {
        error,
        imports: imports.map(describeImport),
        limitMegabytes: Math.floor(app.config.limits.uploadBytes / 1_000_000),
      },
    })
  }
}
