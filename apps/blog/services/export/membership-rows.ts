import { asc, gt } from 'drizzle-orm'
import { type Database, newsletters, snippets, tiers } from '../../models/index.ts'
import { isDocument, type LexicalDocument } from '../documents/lexical.ts'
import { slugify } from '../ghost/slugs.ts'
import { derivedId } from './ghost-ids.ts'
import { pageSize, readPages } from './read-pages.ts'
import type { SiteAddresses } from './site-addresses.ts'
import type { RowTools } from './taxonomy-rows.ts'

type Row = Record<string, unknown>
type Tier = typeof tiers.$inferSelect

function readTiers(database: Database): AsyncGenerator<readonly Tier[]> {
  return readPages<Tier>((last) =>
    database
      .select()
      .from(tiers)
      .where(last && gt(tiers.slug, last.slug))
      .orderBy(asc(tiers.slug))
      .limit(pageSize),
  )
}

/** Ghost calls tiers products. */
export async function* tierRows(
  database: Database,
  { ids, addresses }: RowTools,
): AsyncGenerator<readonly Row[]> {
  for await (const page of readTiers(database)) {
    yield page.map((tier) => ({
      id: ids.of('tier', tier),
      name: tier.name,
      slug: tier.slug,
      active: Number(tier.isActive),
      welcome_page_url: tier.welcomePageUrl && addresses.address(tier.welcomePageUrl),
      visibility: tier.visibility,
      trial_days: tier.trialDays,
      description: tier.description,
      type: tier.type,
      currency: tier.currency,
      monthly_price: tier.monthlyPrice,
      yearly_price: tier.yearlyPrice,
      monthly_price_id: null,
      yearly_price_id: null,
    }))
  }
}

/** Tiers may promise the same: a benefit is one row, whoever has it. */
export async function* benefitRows(database: Database): AsyncGenerator<readonly Row[]> {
  const seen = new Set<string>()
  for await (const page of readTiers(database)) {
    yield page
      .flatMap(({ benefits }) => benefits)
      .filter((name) => !seen.has(name) && seen.add(name))
      .map((name) => ({ id: benefitId(name), name, slug: slugify(name) || benefitId(name) }))
  }
}

export async function* tierBenefitRows(
  database: Database,
  { ids }: Pick<RowTools, 'ids'>,
): AsyncGenerator<readonly Row[]> {
  for await (const page of readTiers(database)) {
    yield page.flatMap((tier) =>
      [...new Set(tier.benefits)].map((name, sortOrder) => {
        const tierId = ids.of('tier', tier)
        return {
          id: derivedId('products_benefits', tierId, name),
          product_id: tierId,
          benefit_id: benefitId(name),
          sort_order: sortOrder,
        }
      }),
    )
  }
}

function benefitId(name: string): string {
  return derivedId('benefit', name)
}

export async function* newsletterRows(
  database: Database,
  { ids }: RowTools,
): AsyncGenerator<readonly Row[]> {
  const pages = readPages<typeof newsletters.$inferSelect>((last) =>
    database
      .select()
      .from(newsletters)
      .where(last && gt(newsletters.slug, last.slug))
      .orderBy(asc(newsletters.slug))
      .limit(pageSize),
  )
  for await (const page of pages) {
    yield page.map((newsletter) => ({
      visibility: 'members',
      sender_reply_to: 'newsletter',
      ...Object.fromEntries(
        Object.entries(newsletter.sourceExtra).filter(([, value]) => !isMailAddress(value)),
      ),
      id: ids.of('newsletter', newsletter),
      uuid: newsletter.sourceExtra['uuid'] ?? newsletter.id,
      name: newsletter.name,
      slug: newsletter.slug,
      description: newsletter.description,
      status: newsletter.isActive ? 'active' : 'archived',
      subscribe_on_signup: Number(newsletter.subscribesOnSignUp),
      sort_order: newsletter.sortOrder,
    }))
  }
}

/** It may be somebody's own. */
function isMailAddress(value: unknown): boolean {
  return typeof value === 'string' && /^[^\s<>]+@[^\s<>]+$/.test(value)
}

export async function* snippetRows(
  database: Database,
  { addresses }: Pick<RowTools, 'addresses'>,
): AsyncGenerator<readonly Row[]> {
  const pages = readPages<typeof snippets.$inferSelect>((last) =>
    database
      .select()
      .from(snippets)
      .where(last && gt(snippets.name, last.name))
      .orderBy(asc(snippets.name))
      .limit(pageSize),
  )
  for await (const page of pages) {
    yield page.map(({ name, lexical, createdAt, updatedAt }) => ({
      id: derivedId('snippet', name),
      name,
      mobiledoc: '{}',
      lexical: JSON.stringify(withSiteAddresses(lexical, addresses)),
      created_at: createdAt,
      updated_at: updatedAt,
    }))
  }
}

/** A whole document, or the list of nodes that the editor keeps. */
function withSiteAddresses(lexical: unknown, addresses: SiteAddresses): unknown {
  if (isDocument(lexical)) return addresses.lexical(lexical)
  if (typeof lexical !== 'object' || lexical === null || !('nodes' in lexical)) return lexical
  const around = { root: { type: 'root', children: lexical.nodes } } as LexicalDocument
  return { ...lexical, nodes: addresses.lexical(around).root.children }
}
