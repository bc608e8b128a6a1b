import { expect, test } from 'vitest'
import { UsageError } from '../config/env.ts'
import { parseRolesCommand, usage } from './parse-command.ts'

const email = 'ada@example.org'

test.each([
  [[email], { action: 'give', email, role: 'admin' }],
  [
    ['--', email, 'editor', '--page', 'mill'],
    { action: 'give', email, role: 'editor', pageSlug: 'mill' },
  ],
  [[email, '--revoke'], { action: 'revoke', email, role: 'admin' }],
  [['--list'], { action: 'list' }],
])('the words %j are understood', (words, command) => {
  expect(parseRolesCommand(words)).toEqual(command)
})

test.each([
  [[]],
  [[email, 'editor', 'market']],
  [[email, '--page']],
  [[email, '--force']],
  [['--list', email]],
  [['--list', '--revoke']],
])('the words %j are answered with how it is used', (words) => {
  expect(() => parseRolesCommand(words)).toThrow(new UsageError(usage))
})

test.each([
  [['ada'], '“ada” is no email address.'],
  [
    [email, 'king'],
    '“king” is no role: there are admin, editor, market, events, moderator, operator.',
  ],
  [[email, '--page', 'mill'], 'The role “admin” is for the whole site, not for one page.'],
])('what is wrong with %j is said in one sentence', (words, sentence) => {
  expect(() => parseRolesCommand(words)).toThrow(new UsageError(sentence))
})
