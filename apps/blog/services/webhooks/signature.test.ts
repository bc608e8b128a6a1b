import { describe, expect, it } from 'vitest'
import { findFixtures } from '../content-api/test-fixtures.ts'
import { signBody } from './signature.ts'

const fixtures = findFixtures(process.env['ROSE_ASH_FIXTURES'])

interface Captured {
  readonly headers: Readonly<Record<string, string>>
  readonly rawBody: string
  readonly secret: string
}

it('a signature names its time, and changes with it, with the secret and with the body', () => {
  const signed = signBody('secret', '{}', 1_700_000_000_000)
  expect(signed).toMatch(/^sha256=[\da-f]{64}, t=1700000000000$/)
  expect(signBody('secret', '{}', 1_700_000_000_001).slice(0, 71)).not.toBe(signed.slice(0, 71))
  expect(signBody('other', '{}', 1_700_000_000_000)).not.toBe(signed)
  expect(signBody('secret', '{ }', 1_700_000_000_000)).not.toBe(signed)
})

describe.runIf(fixtures)('a delivery of a real Ghost', () => {
  it.each([
    'post.published',
    'post.published.edited',
    'post.unpublished',
    'post.deleted',
    'page.added',
    'tag.edited',
    'site.changed',
  ])('is signed as we sign: %s', (event) => {
    const { headers, rawBody, secret } = fixtures!.read<Captured>(`webhooks/${event}.1.json`)
    const signature = headers['x-ghost-signature'] ?? ''
    const at = Number(/t=(\d+)$/.exec(signature)?.[1])
    expect(signBody(secret, rawBody, at)).toBe(signature)
  })
})
