import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, type Environment, loadConfig } from './load.ts'

const file = join(import.meta.dirname, '../../../../_config/app-config.yaml')
const secrets = {
  DATABASE_URL: 'postgres://app:secret@localhost/rose_ash',
  SECRET_KEY: 'a key that is long enough to be one',
  SMTP_URL: 'smtp://localhost:25',
}

function load(environment: Environment) {
  return loadConfig({ app: 'cart', file, environment: { ...secrets, ...environment } })
}

describe(loadConfig, () => {
  test('the file that is deployed is right, given the secrets', () => {
    expect(load({}).publicUrls.cart).toBe('https://cart.rose-ash.com')
  })

  test('the environment wins over the file', () => {
    const config = load({ PORT: '8123', PUBLIC_URL_BLOG: 'http://blog.localhost:8123/' })
    expect(config.port).toBe(8123)
    expect(config.publicUrls.blog).toBe('http://blog.localhost:8123')
    expect(config.publicUrls.cart).toBe('https://cart.rose-ash.com')
  })

  test('a wrong value is named with its key, its variable and what was found', () => {
    expect(() => load({ PORT: 'eighty', LOG_LEVEL: 'loud' })).toThrow(ConfigError)
    expect(() => load({ PORT: 'eighty' })).toThrow(/port \(PORT in the environment\).*"eighty"/)
  })

  test('every wrong key is named at once', () => {
    expect(() => load({ PORT: 'eighty', LOG_LEVEL: 'loud' })).toThrow(/port[\s\S]*logLevel/)
  })

  test('a missing secret is asked for by name', () => {
    expect(() => load({ SECRET_KEY: '' })).toThrow(/SECRET_KEY.*found nothing/)
  })

  test('a secret that is wrong is not shown', () => {
    expect(() => load({ SECRET_KEY: 'hunter2' })).toThrow(/SECRET_KEY/)
    expect(() => load({ SECRET_KEY: 'hunter2' })).not.toThrow(/hunter2/)
  })

  test('a file that is missing or no table stops the boot with its name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rose-ash-config-'))
    const broken = join(folder, 'list.yaml')
    writeFileSync(broken, '- a\n- b\n')
    const options = { app: 'cart', environment: secrets } as const
    expect(() => loadConfig({ ...options, file: broken })).toThrow(/list\.yaml must hold a table/)
    expect(() => loadConfig({ ...options, file: join(folder, 'none.yaml') })).toThrow(/none\.yaml/)
  })
})
