import { readFileSync } from 'node:fs'
import type { DemoAccount, DemoAccountsFile } from './shapes.ts'

export function readDemoAccounts(): DemoAccountsFile {
  const text = readFileSync(new URL('./accounts.json', import.meta.url), 'utf8')
  return JSON.parse(text) as DemoAccountsFile
}

/** Who can sign in at once. */
export function demoAccounts(): readonly DemoAccount[] {
  return readDemoAccounts().accounts
}
