import { sweepFediverse } from '@rose-ash/shared/activitypub/sweep'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterAll, expect, test } from 'vitest'

const connection = await createTestDatabase()
const { database, pool } = connection
afterAll(() => connection.close())

const posts = {
  there: '00000000-0000-4000-8000-000000000001',
  gone: '00000000-0000-4000-8000-000000000002',
}

test('what is done with is forgotten after a month, but not who was told of what is still there', async () => {
  await pool.query(`
    insert into ap_actor_profiles (app, username, display_name) values ('blog', 'blog', 'B');
    insert into ap_local_posts (post_id, content_hash, deleted_at)
      values ('${posts.there}', '', null), ('${posts.gone}', '', now());
    insert into ap_outbox (activity_uri, profile_id, type, object_uri, body, created_at)
      select name, id, type, object_uri, '{}', now() - age::interval from ap_actor_profiles, (values
        ('told', 'Create', 'https://b.example/ap/blog/posts/${posts.there}', '40 days'),
        ('told of what is gone', 'Create', 'https://b.example/ap/blog/posts/${posts.gone}', '40 days'),
        ('changed', 'Update', 'https://b.example/ap/blog/posts/${posts.there}', '40 days'),
        ('answered', 'Accept', 'f', '40 days'),
        ('waiting', 'Accept', 'g', '40 days'),
        ('new', 'Accept', 'h', '1 day')) as sent (name, type, object_uri, age);
    insert into ap_deliveries (outbox_id, inbox, host, object_uri, state)
      select id, 'i', 'h', object_uri,
        case activity_uri when 'waiting' then 'queued' else 'delivered' end from ap_outbox;
    insert into ap_inbox (activity_uri, type, actor_uri, state, received_at) values
      ('old', 'Like', 'a', 'done', now() - interval '40 days'),
      ('old and waiting', 'Like', 'a', 'pending', now() - interval '40 days'),
      ('young', 'Like', 'a', 'done', now())`)
  await sweepFediverse(database)
  const names = async (table: string) =>
    (await pool.query(`select activity_uri from ${table} order by id`)).rows.map(
      ({ activity_uri: name }) => name,
    )
  expect(await names('ap_outbox')).toEqual(['told', 'waiting', 'new'])
  expect(await names('ap_inbox')).toEqual(['old and waiting', 'young'])
  expect((await pool.query('select * from ap_deliveries')).rows).toHaveLength(3)
})
