import type { PostVisibility } from '@rose-ash/shared/contracts/paywall'
import type { tiers } from '../../models/index.ts'
import { writeUtc } from './dates.ts'
import { publicIdOf } from './public-id.ts'
import type { Answer, ContentSource } from './resource.ts'

export type TierRow = Omit<typeof tiers.$inferSelect, 'source' | 'sourceHash'>

/** As the tiers themselves are answered. */
export function describeTier(
  tier: TierRow,
  { addresses }: Pick<ContentSource, 'addresses'>,
): Answer {
  const { type, monthlyPrice, yearlyPrice } = tier
  const currency = tier.currency?.toUpperCase() ?? null
  return {
    id: publicIdOf(tier),
    name: tier.name,
    description: tier.description,
    slug: tier.slug,
    active: tier.isActive,
    type,
    welcome_page_url: addresses.of(tier.welcomePageUrl),
    created_at: writeUtc(tier.createdAt),
    updated_at: writeUtc(tier.updatedAt),
    visibility: tier.visibility,
    benefits: tier.benefits,
    ...(type === 'paid' && { currency, monthly_price: monthlyPrice, yearly_price: yearlyPrice }),
    trial_days: tier.trialDays,
  }
}

/** As a post names those that may read it. */
export function describeTierOfPost(
  tier: TierRow,
  { addresses }: Pick<ContentSource, 'addresses'>,
): Answer {
  const isPaid = tier.type === 'paid'
  return {
    id: publicIdOf(tier),
    name: tier.name,
    slug: tier.slug,
    active: tier.isActive,
    welcome_page_url: addresses.of(tier.welcomePageUrl),
    visibility: tier.visibility,
    trial_days: tier.trialDays,
    description: tier.description,
    type: tier.type,
    currency: isPaid ? (tier.currency?.toLowerCase() ?? null) : null,
    monthly_price: isPaid ? tier.monthlyPrice : null,
    yearly_price: isPaid ? tier.yearlyPrice : null,
    created_at: writeUtc(tier.createdAt),
    updated_at: writeUtc(tier.updatedAt),
    monthly_price_id: null,
    yearly_price_id: null,
  }
}

/** The tiers whose members may read a post, which Ghost names whatever the post's visibility. */
export function tiersThatRead<Tier extends Pick<TierRow, 'id' | 'type' | 'isActive'>>(
  all: readonly Tier[],
  { visibility, tierIds }: { visibility: PostVisibility; tierIds: readonly string[] },
): readonly Tier[] {
  if (visibility === 'tiers') return all.filter(({ id }) => tierIds.includes(id))
  const active = all.filter(({ isActive }) => isActive)
  return visibility === 'paid' ? active.filter(({ type }) => type === 'paid') : active
}
