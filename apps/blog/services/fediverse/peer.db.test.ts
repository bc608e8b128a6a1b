import { describe, expect, test } from 'vitest'
import { setFediverseStage } from '../../test-fediverse-stage.ts'

const stage = await setFediverseStage()
const { peer, actor, inbox, publish, told, outcomeOf, query } = stage

const soon = { timeout: 10_000, interval: 50 }

async function followed(name = 'ada'): Promise<string> {
  const followUri = await peer.follow(name, actor)
  await expect.poll(() => told('Accept').length, soon).toBeGreaterThan(0)
  return followUri
}

const commentsOf = (postId: string) =>
  query<{ html: string; status: string; author_name: string; author_handle: string; id: string }>(
    'select * from comments where post_id = $1 order by created_at, id',
    [postId],
  )

describe('whoever follows', () => {
  test('is answered, and counted until they go', async () => {
    const followUri = await followed()
    expect(told('Accept')).toMatchObject([{ id: followUri, type: 'Follow', object: actor }])
    const count = async () => (await (await fetch(`${actor}/followers`)).json()).totalItems
    expect(await count()).toBe(1)
    await peer.unfollow('ada', actor, followUri)
    await expect.poll(count, soon).toBe(0)
  })
})

describe('an answer from elsewhere', () => {
  test('comes into the thread, is changed and goes as its author says', async () => {
    const post = await publish({ slug: 'rye' })
    const inReplyTo = `${actor}/posts/${post.id}`
    const id = await peer.reply('ada', {
      inReplyTo,
      inbox,
      html: '<p>Good <b>bread</b>.</p><script>alert(1)</script><img src="https://x.example/a.png">',
    })
    await expect.poll(() => outcomeOf(id), soon).toBe('done')
    expect(await commentsOf(post.id)).toMatchObject([
      {
        html: '<p>Good <b>bread</b>.</p>',
        status: 'held',
        author_name: 'Ada of the hills',
        author_handle: `ada@${peer.host}`,
        remote_url: id,
      },
    ])
    await query(`update comments set status = 'published'`)
    const answer = await peer.reply('bo', { inReplyTo: id, inbox, html: '<p>Indeed.</p>' })
    await expect.poll(() => outcomeOf(answer), soon).toBe('done')
    const [first, second] = await commentsOf(post.id)
    expect(second).toMatchObject({ parent_id: first?.id, html: '<p>Indeed.</p>' })
    const next = await peer.reply('ada', { inReplyTo, inbox, html: '<p>More.</p>' })
    await expect.poll(() => outcomeOf(next), soon).toBe('done')
    expect((await commentsOf(post.id)).map(({ status }) => status)).toEqual([
      'published',
      'held',
      'published',
    ])
    await peer.edit('ada', { id, inReplyTo, inbox, html: '<p>Very good bread.</p>' })
    await expect
      .poll(async () => (await commentsOf(post.id))[0]?.html, soon)
      .toBe('<p>Very good bread.</p>')
    await peer.remove('ada', id, inbox)
    await expect.poll(async () => (await commentsOf(post.id))[0]?.status, soon).toBe('deleted')
    await peer.leave('ada', inbox)
    await expect.poll(async () => (await commentsOf(post.id))[2]?.status, soon).toBe('deleted')
    expect(await query('select uri from ap_remote_actors')).toEqual([{ uri: peer.actorUri('bo') }])
  })

  test.each([
    ['is for followers only', { isPublic: false }, 'refused: It is not for everybody.'],
    [
      'answers something else',
      { inReplyTo: 'https://elsewhere.example/1' },
      'refused: The reply answers nothing here.',
    ],
  ])('that %s stays out', async (_name, values, outcome) => {
    const post = await publish()
    const to = { inReplyTo: `${actor}/posts/${post.id}`, inbox, html: '<p>So.</p>', ...values }
    const id = await peer.reply('ada', to)
    await expect.poll(() => outcomeOf(id), soon).toBe(outcome)
    expect(await commentsOf(post.id)).toEqual([])
  })

  test('to what not everybody may read stays out', async () => {
    const post = await publish({ visibility: 'members' })
    const id = await peer.reply('ada', {
      inReplyTo: `${actor}/posts/${post.id}`,
      inbox,
      html: 'So.',
    })
    await expect.poll(() => outcomeOf(id), soon).toBe('refused: The post takes no replies.')
  })
})

test('likes and boosts are counted once each, and taken back', async () => {
  const post = await publish()
  const objectUri = `${actor}/posts/${post.id}`
  const count = async () =>
    (await query<{ kind: string }>('select kind from ap_interactions order by kind')).map(
      ({ kind }) => kind,
    )
  const like = await peer.react('ada', { kind: 'like', objectUri: objectUri, inbox })
  await peer.react('ada', { kind: 'like', objectUri: objectUri, inbox })
  const boost = await peer.react('ada', { kind: 'boost', objectUri: objectUri, inbox })
  await peer.react('bo', { kind: 'like', objectUri: objectUri, inbox })
  await expect.poll(count, soon).toEqual(['boost', 'like', 'like'])
  await peer.undo('ada', { kind: 'boost', id: boost, inbox })
  await expect.poll(count, soon).toEqual(['like', 'like'])
  await peer.undo('bo', { kind: 'like', id: like, inbox })
  await peer.react('ada', { kind: 'like', objectUri: `${actor}/posts/none`, inbox })
  await expect
    .poll(() => outcomeOf(`${actor}/posts/none`), soon)
    .toBe('refused: That is no post of ours.')
  expect(await count()).toEqual(['like', 'like'])
})
