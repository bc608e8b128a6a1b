import { z } from 'zod'
import { parseGhostDate } from '../ghost/dates.ts'
import type { MemberRecord } from '../ghost/store-members.ts'
import type { HeldTier } from '../ghost/store-memberships.ts'
import type { GhostRow } from './ghost-reader.ts'

const text = z.string().nullish()
const tier = z.looseObject({ id: z.string(), name: z.string(), type: text, expiry_at: text })
const subscription = z.looseObject({
  id: text,
  status: text,
  tier: z.looseObject({ id: z.string() }).nullish(),
  customer: z.looseObject({ id: text }).nullish(),
  plan: z.looseObject({ amount: z.number().nullish() }).nullish(),
  cancel_at_period_end: z.boolean().nullish(),
  current_period_end: text,
})
const memberSchema = z.looseObject({
  id: z.string().min(1),
  uuid: text,
  email: z.string(),
  name: text,
  note: text,
  status: text,
  created_at: text,
  labels: z.array(z.looseObject({ name: z.string() })).catch([]),
  tiers: z.array(tier).catch([]),
  newsletters: z.array(z.looseObject({ id: z.string() })).catch([]),
  subscriptions: z.array(subscription).catch([]),
})

type ApiMember = z.output<typeof memberSchema>

/** A member as the Admin API gives them; undefined when they cannot be read. */
export function readMember(row: GhostRow): MemberRecord | undefined {
  const { data: member } = memberSchema.safeParse(row)
  if (!member) return undefined
  return {
    sourceId: member.id,
    email: member.email,
    name: member.name || null,
    note: member.note || null,
    labels: member.labels.map(({ name }) => name),
    tiers: member.tiers.filter(({ type }) => type !== 'free').map((held) => heldTier(member, held)),
    newsletters: member.newsletters.map(({ id }) => id).toSorted(),
    stripeCustomerId:
      member.subscriptions.map(({ customer }) => customer?.id).find(Boolean) ?? null,
    createdAt: (member.created_at && parseGhostDate(member.created_at)) || null,
    extra: {
      ...(typeof row['updated_at'] === 'string' && { updated_at: row['updated_at'] }),
      ...(member.uuid && { uuid: member.uuid }),
      ...(member.status && { status: member.status }),
    },
  }
}

/** What was given has a subscription without an id and a price of nothing, or none at all. */
function heldTier(member: ApiMember, { id, name, expiry_at }: z.output<typeof tier>): HeldTier {
  const own = member.subscriptions.filter((one) => one.tier?.id === id)
  const paid = own.find((one) => one.id && (one.plan?.amount ?? 0) > 0)
  const end = paid?.cancel_at_period_end ? paid.current_period_end : expiry_at
  return {
    sourceId: id,
    name,
    standing: paid ? 'paid' : 'complimentary',
    endsAt: (end && parseGhostDate(end)) || null,
  }
}
