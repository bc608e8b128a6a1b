import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConfig } from '@rose-ash/shared/infrastructure/config/load'
import { createMailer } from '@rose-ash/shared/infrastructure/mail/mailer'
import { loadAssets } from '@rose-ash/shared/infrastructure/view/assets'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createMailboxApp } from './app.ts'
import { startMailServer } from './mail-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'rose-ash-mail-'))
const config = loadConfig({
  app: 'account',
  file: fileURLToPath(new URL('../../../_config/app-config.yaml', import.meta.url)),
  environment: {
    DATABASE_URL: 'postgres://nobody@localhost/none',
    SECRET_KEY: 'a key that is long enough to be one',
    SMTP_URL: 'smtp://localhost:25',
  },
})
const mailbox = await createMailboxApp({ config, assets: loadAssets(), mailFolder: folder })
const server = await startMailServer(folder)
const smtpUrl = `smtp://127.0.0.1:${server.port}`
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await mailbox.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
})

const mail = {
  to: 'ada@example.org',
  subject: 'Sign in',
  text: 'Here: http://account.localhost:8000/sign-in?token=1&a=2',
  html: '<p>Here</p>',
}

const send = (changes: Partial<typeof mail> = {}) =>
  createMailer({ smtpUrl, mailFrom: 'Rose Ash <post@example.org>' }).send({ ...mail, ...changes })

const open = (url: string) => mailbox.inject(url)

describe('the mailbox', () => {
  test('says so when nothing was sent', async () => {
    const { statusCode, body } = await open('/')
    expect(statusCode).toBe(200)
    expect(body).toContain('No mail yet')
  })

  test('shows a mail that was sent, and its links so that they can be followed', async () => {
    await send()
    const { body } = await open('/')
    expect(body).toContain('To ada@example.org')
    const path = /href="(\/\d{15}-[0-9a-f]{8})">Sign in</.exec(body)?.[1] ?? ''
    const shown = await open(path)
    expect(shown.statusCode).toBe(200)
    expect(shown.body).toContain(
      'href="http://account.localhost:8000/sign-in?token&#x3D;1&amp;a&#x3D;2"',
    )
    expect(shown.body).toContain('post@example.org')
  })

  test('shows what is in a mail as text, and runs and loads nothing of it', async () => {
    const evil = '<script>alert(1)</script>'
    await send({ subject: evil, text: `${evil} javascript:alert(1)`, html: evil })
    const list = await open('/')
    expect(list.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    const path = /href="(\/\d{15}-[0-9a-f]{8})"/.exec(list.body)?.[1] ?? ''
    const shown = await open(path)
    for (const { body, headers } of [list, shown]) {
      expect(body).not.toContain(evil)
      expect(body).not.toContain('href="javascript:')
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  test('shows the newest hundred, newest first', async () => {
    for (let number = 1; number <= 103; number += 1) {
      const name = `${String(1_700_000_000_000 + number).padStart(15, '0')}-0000abcd`
      writeFileSync(join(folder, `${name}.eml`), `Subject: Mail ${number}\r\n\r\nHello`)
    }
    writeFileSync(join(folder, '000001700000000999-0000abcd.part'), 'half of a mail')
    const { body } = await open('/')
    const subjects = [...body.matchAll(/>(Mail \d+)</g)].map(([, subject]) => subject)
    expect(subjects).toHaveLength(100)
    expect(subjects[0]).toBe('Mail 103')
    expect(subjects[99]).toBe('Mail 4')
  })

  test('shows what hardly is a mail', async () => {
    writeFileSync(join(folder, '000001700000000001-0000abcd.eml'), '')
    writeFileSync(join(folder, '000001700000000002-0000abcd.eml'), Buffer.from([0xff, 0xfe, 0]))
    const { statusCode, body } = await open('/')
    expect(statusCode).toBe(200)
    expect(body).toContain('(no subject)')
  })

  test.each(['/000001700000000009-0000abcd', '/..%2fsecret-key', '/secret-key', '/a/b', '/%00'])(
    'has no mail, and no file, at %s',
    async (url) => {
      writeFileSync(join(folder, 'secret-key'), 'nobody’s business')
      const { statusCode, body } = await open(url)
      expect(statusCode).toBe(404)
      expect(body).not.toContain('business')
    },
  )
})

describe('the mail server', () => {
  test('has a mail on disk, whole, before it says that it has taken it', async () => {
    const socket = connect(server.port, '127.0.0.1').setEncoding('utf8')
    const lines: string[] = []
    const say = async (line: string) => {
      const answer = new Promise<string>((resolve) => socket.once('data', resolve))
      if (line) socket.write(`${line}\r\n`)
      lines.push(await answer)
      // What is there at the very moment of the answer.
      return readdirSync(folder)
    }
    await say('')
    await say('HELO blog')
    await say('MAIL FROM:<post@example.org>')
    await say('RCPT TO:<ada@example.org>')
    expect(await say('DATA')).toEqual([])
    const kept = await say('Subject: Bread\r\n\r\nRye\r\n.')
    expect(lines.at(-1)).toMatch(/^250 /)
    expect(kept).toEqual([expect.stringMatching(/^\d{15}-[0-9a-f]{8}\.eml$/)])
    socket.destroy()
  })

  test('takes many at once, each into a file of its own', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, number) => send({ subject: `No ${number}` })))
    expect(readdirSync(folder)).toHaveLength(20)
  })

  test('does not take what it cannot keep', async () => {
    const gone = mkdtempSync(join(tmpdir(), 'rose-ash-mail-'))
    await using broken = await startMailServer(gone)
    rmSync(gone, { recursive: true })
    const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${broken.port}`, mailFrom: 'a@b.org' })
    await expect(mailer.send(mail)).rejects.toThrow('did not take')
  })
})
