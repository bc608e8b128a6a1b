import { fileURLToPath } from 'node:url'
import type { Mail } from '@rose-ash/shared/infrastructure/mail/mailer'
import { loadAssets } from '@rose-ash/shared/infrastructure/view/assets'
import { createRender } from '@rose-ash/shared/infrastructure/view/templates'
import { expect, test } from 'vitest'
import { createSignInMail } from './mail.ts'

const config = {
  platform: {
    name: 'Rose & Ash',
    tagline: 'A cooperative',
    language: 'en-GB',
    timeZone: 'Europe/London',
    currency: 'GBP',
  },
}

test('both shapes of the mail hold the link, and what was typed cannot add anything to them', async () => {
  const sent: Mail[] = []
  const sendMail = createSignInMail({
    config,
    render: createRender({
      config: { ...config, publicUrls: {} as never },
      assets: loadAssets(),
      folder: fileURLToPath(new URL('../../templates', import.meta.url)),
    }),
    mailer: { send: async (mail) => void sent.push(mail) },
  })
  await sendMail({
    to: 'ada@example.org',
    url: 'https://federation.example/sign-in/x/link?from=market&token=y',
    askedFrom: 'Firefox <b>on Linux</b>, from 203.0.113.7',
    destination: 'market.example',
  })
  const [mail] = sent
  expect(mail).toMatchObject({ to: 'ada@example.org', subject: 'Sign in at Rose & Ash' })
  expect(mail!.text).toContain('https://federation.example/sign-in/x/link?from=market&token=y\n')
  expect(mail!.text).toMatch(/Asked for on \w+, \d+ \w+ \d{4}, \d\d:\d\d \(Europe\/London\)/)
  expect(mail!.html).toContain('link?from&#x3D;market&amp;token&#x3D;y"')
  expect(mail!.html).toContain('Firefox &lt;b&gt;on Linux')
  expect(mail!.html).not.toMatch(/<(script|img|link)\b/)
})
