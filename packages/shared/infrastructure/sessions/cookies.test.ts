import cookie from '@fastify/cookie'
import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import { createCookieJar } from './cookies.ts'

async function createApp(publicUrl: string) {
  const jar = createCookieJar({ publicUrl, deviceKey: Buffer.alloc(32, 1) })
  const app = fastify()
  await app.register(cookie)
  app.get('/set', async (_request, reply) => {
    jar.setSession(reply, 'an-id')
    jar.setDevice(reply, 'a-device')
    return ''
  })
  app.get('/read', async (request) => ({
    session: jar.readSession(request) ?? null,
    device: jar.readDevice(request) ?? null,
  }))
  return app
}

test('on https no sibling subdomain can set them, and no plain connection carries them', async () => {
  const app = await createApp('https://market.example')
  const { cookies } = await app.inject('/set')
  expect(cookies.map(({ name }) => name)).toEqual(['__Host-session', '__Host-device'])
  for (const set of cookies) {
    expect(set).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'Lax' })
    expect(set).not.toHaveProperty('domain')
  }
  const tossed = { session: 'an-id', device: 'a-device' }
  const read = await app.inject({ url: '/read', cookies: tossed })
  expect(read.json()).toEqual({ session: null, device: null })
})

test('on plain http, which only this machine has, browsers would refuse the prefix', async () => {
  const app = await createApp('http://market.localhost:8000')
  const { cookies } = await app.inject('/set')
  expect(cookies.map(({ name }) => name)).toEqual(['session', 'device'])
  expect(cookies.some(({ secure }) => secure)).toBe(false)
})

test('a device id that somebody made up or changed is none', async () => {
  const app = await createApp('http://market.localhost:8000')
  const { cookies } = await app.inject('/set')
  const device = cookies.find(({ name }) => name === 'device')!.value
  const read = async (value: string) =>
    (await app.inject({ url: '/read', cookies: { device: value } })).json().device
  expect(await read(device)).toBe('a-device')
  for (const other of ['a-device', 'b-device', `b${device.slice(1)}`, `${device}x`, '.', '']) {
    expect(await read(other)).toBeNull()
  }
})
