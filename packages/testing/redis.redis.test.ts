import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { startRedis } from './redis.ts'

async function ask(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write(`${command}\r\n`)
    const [answer] = await once(socket, 'data')
    return String(answer).trim()
  } finally {
    socket.destroy()
  }
}

it('a Redis of its own answers on a loopback port until it is stopped', async () => {
  const redis = await startRedis()
  expect(await ask(redis.port, 'PING')).toBe('+PONG')
  await redis.stop()
  await expect(ask(redis.port, 'PING')).rejects.toThrow('ECONNREFUSED')
})

it('a killed Redis comes back empty at the same address', async () => {
  await using redis = await startRedis()
  expect(await ask(redis.port, 'SET loaf rye')).toBe('+OK')
  await redis.kill()
  await expect(ask(redis.port, 'PING')).rejects.toThrow('ECONNREFUSED')
  await redis.restart()
  expect(await ask(redis.port, 'EXISTS loaf')).toBe(':0')
})

it('a paused Redis answers once it is resumed', async () => {
  await using redis = await startRedis()
  redis.pause()
  const answer = ask(redis.port, 'PING')
  redis.resume()
  expect(await answer).toBe('+PONG')
})
