import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createJobs } from '@rose-ash/shared/infrastructure/jobs/create-jobs'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createExportQueue } from './export-queue.ts'
import { readArchive } from './test-archive.ts'

const log = createLog({ app: 'blog', level: 'silent' })
const connection = await createTestDatabase()
const mediaFolder = await mkdtemp(join(tmpdir(), 'rose-ash-export-'))
const folder = join(mediaFolder, '.exports')
const jobs = createJobs({ url: connection.url, log, pollSeconds: 0.5 })
const config = {
  mediaFolder,
  platform: { name: 'Rose Ash', timeZone: 'Europe/London' },
  publicUrls: { blog: 'https://blog.example.org' },
} as Parameters<typeof createExportQueue>[0]['config']
const { database } = connection
const queue = createExportQueue({ database, config, log, jobs })

beforeAll(async () => {
  await jobs.start()
  await createPost(database, { slug: 'bread' })
})
beforeEach(() => rm(folder, { recursive: true, force: true }))
afterAll(async () => {
  await jobs.stop()
  await connection.close()
  await rm(mediaFolder, { recursive: true })
})

/** Where there are files that refuse to be written, for whoever asks. */
const onLinux = test.runIf(process.platform === 'linux')

function request() {
  return queue.request({ kind: 'everything', withRevisions: false, withMembers: false })
}

/** As soon as the one before has ended. */
async function ask(): Promise<string> {
  let id = ''
  const isAsked = async () => {
    const asked = await request()
    if (asked.status === 'asked') id = asked.id
    return asked.status
  }
  await expect.poll(isAsked).toBe('asked')
  return id
}

/** Until the test ends, exports are made. */
async function work(): Promise<void> {
  const own = createJobs({ url: connection.url, log, pollSeconds: 0.5 })
  onTestFinished(() => own.stop())
  await own.start()
  await createExportQueue({ database, config, log, jobs: own }).work()
}

async function ended(id: string) {
  await expect
    .poll(async () => (await queue.records.find(id))?.state, { timeout: 15_000 })
    .toMatch(/done|failed/)
  return queue.records.find(id)
}

onLinux(
  'an export that meets a full disk says so, leaves nothing, and can be made again at once',
  async () => {
    const id = await ask()
    // Whatever is written there meets a disk without room.
    await symlink('/dev/full', queue.records.fileOf(id))
    await work()
    expect(await ended(id)).toMatchObject({
      state: 'failed',
      error: 'The disk is full. Once there is room, make it again.',
    })
    expect(await readdir(folder)).toEqual([`${id}.json`])

    const again = await ask()
    expect((await ended(again))?.state).toBe('done')
    expect((await readArchive(queue.records.fileOf(again))).paths).toContain('README.txt')
  },
)

onLinux('an export whose file cannot be written says so', async () => {
  const id = await ask()
  await symlink('/sys/kernel/nothing', queue.records.fileOf(id))
  await work()
  expect((await ended(id))?.error).toContain('cannot be written')
})

onLinux('an export that nobody can even note down is refused with a sentence', async () => {
  await symlink('/sys/kernel', folder)
  expect(await request()).toMatchObject({
    status: 'refused',
    sentence: expect.stringContaining('cannot be written'),
  })
  await rm(folder)
  await work()
  expect((await ended(await ask()))?.state).toBe('done')
})
