import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '@rose-ash/testing/database'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('./test-process.ts', import.meta.url))
/** Of each process. */
const operations = 5000
const kills = 3

interface Blog {
  readonly child: ChildProcess
  readonly lines: AsyncIterator<string>
}

function startBlog(task: { url: string; seed: number; first: number }): Blog {
  const child = spawn(process.execPath, [script, JSON.stringify({ ...task, last: operations })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { child, lines }
}

async function nextLine({ lines }: Blog): Promise<string> {
  const { value, done } = await lines.next()
  if (done) throw new Error('a process ended too early')
  return value
}

async function finish(blog: Blog): Promise<void> {
  while ((await nextLine(blog)) !== 'done');
}

/** Kills it in the middle of its work, again and again, and each time goes on where it was. */
async function finishWithKills(task: { url: string; seed: number }): Promise<Blog> {
  let blog = startBlog({ ...task, first: 0 })
  for (let kill = 1; kill <= kills; kill += 1) {
    const until = Math.floor((operations * kill) / (kills + 1))
    let done = 0
    while (done < until) done = Number(await nextLine(blog))
    blog.child.kill('SIGKILL')
    await once(blog.child, 'exit')
    blog = startBlog({ ...task, first: done })
  }
  await finish(blog)
  return blog
}

test(
  `two processes that share ${2 * operations} operations, one killed ${kills} times on the way, end with the same right views`,
  { timeout: 240_000 },
  async () => {
    await using connection = await createTestDatabase()
    const { url } = connection
    const seed = Math.floor(Math.random() * 2 ** 31)
    const steady = startBlog({ url, seed, first: 0 })
    const [, killed] = await Promise.all([finish(steady), finishWithKills({ url, seed: seed + 1 })])
    for (const blog of [steady, killed]) {
      blog.child.stdin?.write('report\n')
      expect(await nextLine(blog), `seed ${seed}`).toBe('no difference')
      blog.child.stdin?.end()
      await once(blog.child, 'exit')
    }
    const { rows } = await connection.pool.query('select count(*)::int as count from kv_entries')
    expect(rows[0].count).toBeGreaterThan(50)
  },
)
