import type { LocalOptions } from './config/env.ts'
import { demoAccounts } from './demo/accounts.ts'
import type { Platform } from './platform.ts'

const descriptions = {
  blog: 'stories and pages',
  market: 'the shop',
  events: 'what is on',
  cart: 'your cart',
  account: 'your account',
  federation: 'members and sign-in',
  mail: 'every mail sent, including sign-in links',
} as const satisfies Record<keyof Platform['urls'], string>

/** What the person at the terminal needs next: addresses, accounts, and how to stop. */
export function describeStart(platform: Platform, options: LocalOptions): string {
  const addresses = Object.entries(platform.urls).map(
    ([name, url]) => `  ${url.padEnd(36)} ${descriptions[name as keyof Platform['urls']]}`,
  )
  const accounts = demoAccounts().map(
    ({ email, role }) =>
      `  ${email.padEnd(36)} ${role === 'admin' ? 'editor and admin' : 'member'}`,
  )
  return [
    '',
    'Rose Ash is running.',
    '',
    ...addresses,
    '',
    'Sign in with one of these, or any address; the link arrives in the mailbox:',
    ...accounts,
    '',
    `Everything is kept in ${options.dataFolder}`,
    'Ctrl-C stops it. `pnpm start --fresh` starts over.',
    '',
    '',
  ].join('\n')
}
