import { expect, test } from 'vitest'
import { initialOf } from './initial.ts'

test.each([
  ['Ada', 'A'],
  [' bakery', 'b'],
  ['🌾 Field kitchen', '🌾'],
  ['👩🏽‍🌾 Growers', '👩🏽‍🌾'],
  ['🇫🇷 Paris', '🇫🇷'],
  ['e\u0301clair', 'e\u0301'],
  ['नमस्ते', 'न'],
  ['\u202Eevil', 'e'],
  ['', ''],
])('the first letter of %j is %j', (name, initial) => {
  expect(initialOf(name)).toBe(initial)
})
