import { rm } from 'node:fs/promises'
import multipart from '@fastify/multipart'
import { InvalidInputError } from '@rose-ash/shared/contracts/errors'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { MediaUploads } from '../../../services/editing/media-uploads.ts'
import { tooLarge, uploadKinds, uploadRules } from '../../../services/editing/upload-kinds.ts'
import { receiveUpload, shownFileName } from '../import/receive-upload.ts'

const query = z.object({
  kind: z.enum(uploadKinds, `The kind is one of ${uploadKinds.join(', ')}.`).default('image'),
})

/** Pictures, films, sounds and files for a text, one a request. */
export async function mediaUploadRoutes(
  app: FastifyInstance,
  { uploads }: { uploads: MediaUploads },
): Promise<void> {
  const { uploadBytes } = app.config.limits
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { files: 1, fields: 2, fieldSize: 1000, fileSize: uploadBytes },
  })

  app.post('/admin/media/', async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const parsed = query.safeParse(request.query)
    if (!parsed.success) throw new InvalidInputError(parsed.error.issues[0]?.message ?? '')
    const { kind } = parsed.data
    const fileSize = Math.min(uploadRules[kind].mostBytes, uploadBytes)
    const upload = request.isMultipart() ? await request.file({ limits: { fileSize } }) : undefined
    if (!upload) throw new InvalidInputError('Please choose a file first.')
    const file = uploads.newPlace()
    try {
      await receiveUpload(upload, file).catch((error: unknown) => {
        throw upload.file.truncated ? tooLarge(kind, uploadBytes) : error
      })
      const stored = await uploads.store({ kind, file, fileName: shownFileName(upload) })
      return reply.status(201).send(stored)
    } finally {
      await rm(file, { force: true })
    }
  })
}
