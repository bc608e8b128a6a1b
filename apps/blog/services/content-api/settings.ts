import type { NavigationNode } from '@rose-ash/shared/contracts/blog'
import type { Answer } from './resource.ts'

export interface Site {
  readonly name: string
  readonly description: string
  /** As in `en-GB`. */
  readonly language: string
  readonly timeZone: string
  readonly mailFrom: string
  /** Without a slash at the end. */
  readonly url: string
  readonly navigation: readonly NavigationNode[]
  /** Of the API that is answered: `6.65`. */
  readonly version: string
}

/**
 * What front ends for Ghost ask about the site. What Ghost has and we have not is answered as on a site
 * that does not use it: no portal button, no donations, no advertisement.
 */
export function describeSettings(site: Site): Answer {
  return {
    title: site.name,
    description: site.description,
    logo: null,
    icon: null,
    accent_color: null,
    cover_image: null,
    ...none('facebook twitter threads bluesky mastodon tiktok youtube instagram linkedin'),
    locale: site.language,
    timezone: site.timeZone,
    codeinjection_head: null,
    codeinjection_foot: null,
    navigation: site.navigation.map(({ label, url }) => ({
      label,
      url: url.startsWith(`${site.url}/`) ? url.slice(site.url.length) : url,
    })),
    secondary_navigation: [],
    meta_title: null,
    meta_description: site.description,
    ...none('og_image og_title og_description twitter_image twitter_title twitter_description'),
    members_support_address: 'noreply',
    members_enabled: true,
    donations_enabled: false,
    allow_self_signup: true,
    members_invite_only: false,
    members_signup_access: 'all',
    paid_members_enabled: false,
    firstpromoter_account: null,
    ...portal,
    comments_enabled: 'all',
    recommendations_enabled: false,
    outbound_link_tagging: false,
    default_email_address: addressIn(site.mailFrom),
    support_email_address: addressIn(site.mailFrom),
    editor_default_email_recipients: 'visibility',
    labs: {},
    transistor_portal_enabled: false,
    ...none(`transistor_portal_heading transistor_portal_description
      transistor_portal_button_text transistor_portal_url_template site_uuid`),
    lang: site.language,
    url: `${site.url}/`,
    version: site.version,
  }
}

const portal = {
  portal_button_style: 'icon-and-text',
  portal_button_signup_text: 'Subscribe',
  portal_button_icon: null,
  portal_signup_terms_html: null,
  portal_signup_checkbox_required: false,
  portal_signup_gift_promotion: false,
  portal_account_gift_promotion: false,
  portal_plans: ['free'],
  portal_default_plan: 'yearly',
  portal_name: true,
  portal_button: false,
}

function none(names: string): Record<string, null> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, null]))
}

/** Of `Rose Ash <post@example.org>`. */
function addressIn(mailFrom: string): string {
  return /<([^<>]+)>/.exec(mailFrom)?.[1] ?? mailFrom
}
