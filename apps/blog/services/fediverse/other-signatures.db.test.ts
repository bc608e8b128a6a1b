import { expect, test } from 'vitest'
import { setFediverseStage } from '../../test-fediverse-stage.ts'

const stage = await setFediverseStage({ firstKnock: 'rfc9421' })
const { peer, actor, inbox, publish, told, query, outcomeOf } = stage

const soon = { timeout: 10_000, interval: 50 }
const specs = () => query('select signature_spec from ap_instances')

test('a server that signs by RFC 9421 is believed, and sent to in the same way', async () => {
  await peer.follow('ada', actor)
  await expect.poll(() => told('Accept').length, soon).toBe(1)
  expect(await specs()).toEqual([{ signature_spec: 'rfc9421' }])
  const post = await publish()
  await expect.poll(() => told('Create').length, soon).toBe(1)
  const to = { inReplyTo: `${actor}/posts/${post.id}`, inbox, html: '<p>So signed.</p>' }
  const id = await peer.reply('ada', to)
  await expect.poll(() => outcomeOf(id), soon).toBe('done')
  expect(await specs()).toEqual([{ signature_spec: 'rfc9421' }])
})
