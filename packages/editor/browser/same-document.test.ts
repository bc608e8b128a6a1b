import { expect, test } from 'vitest'
import { isSameDocument } from './same-document.ts'

test('a document is the same in any order of its properties, and another in another order of its parts', () => {
  expect(
    isSameDocument('{"a":1,"b":{"c":[1,2],"d":null}}', '{"b":{"d":null,"c":[1,2]},"a":1}'),
  ).toBe(true)
  expect(isSameDocument('{"a":[1,2]}', '{"a":[2,1]}')).toBe(false)
  expect(isSameDocument('', '{}')).toBe(false)
  expect(isSameDocument('not JSON', 'not JSON')).toBe(true)
})
