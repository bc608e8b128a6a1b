import { randomUUID } from 'node:crypto'
import type { Visited, Visitor } from '@rose-ash/testing/visitor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pressButton, startWorld, type World } from '../../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market'] })
})
afterAll(() => world[Symbol.asyncDispose]())

const newEmail = () => `${randomUUID()}@example.org`
function isSignedIn(visitor: Visitor): boolean {
  return visitor.cookies.names('market.localhost').includes('session')
}
function codeOn({ body }: Visited): string {
  return /<output>(\d{3} \d{3})<\/output>/.exec(body)?.[1] ?? ''
}

describe('the link in another browser', () => {
  test('shows a code, which signs in the window that waits and nobody else', async () => {
    const laptop = world.visitor()
    const phone = world.visitor()
    const email = newEmail()
    const { link, sent } = await world.askForLink(laptop, { app: 'market', email, next: '/page' })
    const opened = await phone.open(link)
    expect(opened.body).toContain('A code for the other window')
    expect(opened.body).toContain('Firefox on Linux')
    const shown = await pressButton(phone, link)
    expect(codeOn(shown)).toMatch(/^\d{3} \d{3}$/)
    expect(isSignedIn(phone)).toBe(false)

    const codeUrl = sent.url.href.replace('/sent', '/code')
    expect((await phone.submit(codeUrl, { code: codeOn(shown) })).status).toBe(410)
    const back = await laptop.submit(codeUrl, { code: codeOn(shown) })
    expect(back.url.href).toBe(`${world.urls.market}/page`)
    expect(back.body).toContain(email)
    expect((await phone.open(link)).status).toBe(410)
  })

  test('there is no code before somebody with the mail asks for it', async () => {
    const laptop = world.visitor()
    const { sent } = await world.askForLink(laptop, { app: 'market', email: newEmail() })
    const answer = await laptop.submit(sent.url.href.replace('/sent', '/code'), { code: '000000' })
    expect(answer.status).toBe(400)
  })

  test('after five wrong codes the right one is of no use any more', async () => {
    const laptop = world.visitor()
    const { sent, link } = await world.askForLink(laptop, { app: 'market', email: newEmail() })
    const code = codeOn(await pressButton(world.visitor(), link))
    const codeUrl = sent.url.href.replace('/sent', '/code')
    const wrong = code === '000 000' ? '111111' : '000000'
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      expect((await laptop.submit(codeUrl, { code: wrong })).status).toBe(400)
    }
    expect((await laptop.submit(codeUrl, { code: wrong })).status).toBe(410)
    expect((await laptop.submit(codeUrl, { code })).status).toBe(410)
    expect(isSignedIn(laptop)).toBe(false)
  })

  test('guesses that come all at once share the five', async () => {
    const laptop = world.visitor()
    const { sent, link } = await world.askForLink(laptop, { app: 'market', email: newEmail() })
    const code = codeOn(await pressButton(world.visitor(), link)).replace(' ', '')
    const codeUrl = sent.url.href.replace('/sent', '/code')
    const guesses = Array.from({ length: 20 }, (_, index) => String(index).padStart(6, '0'))
    const wrong = guesses.filter((guess) => guess !== code)
    await Promise.all(wrong.map((guess) => laptop.submit(codeUrl, { code: guess })))
    await laptop.submit(codeUrl, { code })
    expect(isSignedIn(laptop)).toBe(false)
  })
})
