import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createStoredSecrets } from './stored-secrets.ts'

const secrets = createStoredSecrets(randomBytes(32))

test('a secret comes back as it was, and is sealed differently each time', () => {
  const secret = 'id:0123456789abcdef – é'
  const sealed = secrets.seal(secret)
  expect(secrets.open(sealed)).toBe(secret)
  expect(secrets.seal(secret)).not.toBe(sealed)
  expect(sealed).not.toContain('0123')
})

test('what was changed, or sealed under another key, is not opened', () => {
  const sealed = secrets.seal('a secret')
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith('A') ? 'BB' : 'AA'}`
  expect(secrets.open(changed)).toBeUndefined()
  expect(createStoredSecrets(randomBytes(32)).open(sealed)).toBeUndefined()
  expect(secrets.open('')).toBeUndefined()
})
