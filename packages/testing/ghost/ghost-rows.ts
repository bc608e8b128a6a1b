import {
  dateOf,
  type GhostTableRow,
  type GhostTables,
  isSet,
  pick,
  rowsOf,
} from './ghost-tables.ts'

export type ApiForm = 'admin' | 'content'

export interface ApiSite {
  readonly url: string
  readonly tables: GhostTables
}

const metaColumns = `og_image og_title og_description twitter_image twitter_title
  twitter_description meta_title meta_description`

const tagColumns = `id name slug description feature_image visibility ${metaColumns}
  codeinjection_head codeinjection_foot canonical_url accent_color`

const authorColumns = `id name slug profile_image cover_image bio website location facebook twitter
  threads bluesky mastodon tiktok youtube instagram linkedin meta_title meta_description`

const staffColumns = `email accessibility status tour`

const tierColumns = `id name slug active welcome_page_url visibility trial_days description type
  currency monthly_price yearly_price`

export function tagRow(site: ApiSite, row: GhostTableRow, form: ApiForm): GhostTableRow {
  const isInternal = row['visibility'] === 'internal'
  return {
    ...pick(row, tagColumns, site.url),
    ...(form === 'admin' && timesOf(row, form)),
    url: `${site.url}/${isInternal ? '404' : `tag/${String(row['slug'])}`}/`,
  }
}

/** Staff, without anything that only they may see in the Content API. */
export function authorRow(site: ApiSite, row: GhostTableRow, form: ApiForm): GhostTableRow {
  return {
    ...pick(row, authorColumns, site.url),
    ...(form === 'admin' && {
      ...pick(row, staffColumns, site.url),
      ...timesOf(row, form),
      last_seen: dateOf(row['last_seen'], form),
      ...notifications(row),
    }),
    url: `${site.url}/author/${String(row['slug'])}/`,
  }
}

function notifications(row: GhostTableRow): GhostTableRow {
  const names = Object.keys(row).filter(
    (name) => name.endsWith('_notification') || name.endsWith('_notifications'),
  )
  return Object.fromEntries(names.map((name) => [name, isSet(row[name])]))
}

/** As a tier stands in a post: with prices, without benefits. */
export function tierInPost(site: ApiSite, row: GhostTableRow, form: ApiForm): GhostTableRow {
  return {
    ...pick(row, tierColumns, site.url),
    active: isSet(row['active']),
    ...timesOf(row, form),
    monthly_price_id: null,
    yearly_price_id: null,
  }
}

/** As the list of tiers has it: what is free has no prices. */
export function tierRow(site: ApiSite, row: GhostTableRow, form: ApiForm): GhostTableRow {
  const { tables } = site
  const benefits = rowsOf(tables, 'products_benefits')
    .filter(({ product_id }) => product_id === row['id'])
    .map(
      ({ benefit_id }) => rowsOf(tables, 'benefits').find(({ id }) => id === benefit_id)?.['name'],
    )
  const isFree = row['type'] === 'free'
  return {
    ...pick(row, 'id name description slug type welcome_page_url visibility trial_days', site.url),
    active: isSet(row['active']),
    ...timesOf(row, form),
    benefits,
    ...(!isFree && pick(row, 'currency monthly_price yearly_price', site.url)),
  }
}

export function newsletterRow(site: ApiSite, row: GhostTableRow, form: ApiForm): GhostTableRow {
  if (form === 'content') {
    return {
      ...pick(row, 'id uuid name description slug sender_email visibility sort_order', site.url),
      subscribe_on_signup: isSet(row['subscribe_on_signup']),
      ...timesOf(row, 'admin'),
    }
  }
  const flags = Object.keys(row).filter((name) => /^(show_|feedback_|subscribe_)/.test(name))
  return {
    ...pick(row, Object.keys(row).join(' '), site.url),
    ...Object.fromEntries(flags.map((name) => [name, isSet(row[name])])),
    ...timesOf(row, form),
  }
}

export function timesOf(row: GhostTableRow, form: ApiForm): GhostTableRow {
  return {
    created_at: dateOf(row['created_at'], form),
    updated_at: dateOf(row['updated_at'], form),
  }
}

export { metaColumns }
