import { expect, test } from 'vitest'
import { scaleStyles } from './scale-styles.ts'

test.each([
  [
    '.a{font-size:1.6rem;margin:-.8rem 0 -1.2rem;width:4px}',
    '.a{font-size:1rem;margin:-0.5rem 0 -0.75rem;width:4px}',
  ],
  ['.a{width:calc(100% - 3.2rem)}', '.a{width:calc(100% - 2rem)}'],
  [
    '.text-\\[1\\.6rem\\]{font-size:1.6rem!important}',
    '.text-\\[1\\.6rem\\]{font-size:1rem!important}',
  ],
  ['@media (width>=40rem){a:hover{top:1.6rem}}', '@media (width>=40rem){a:hover{top:1rem}}'],
  ['.b {\n  color: red;\n  top: 1.6rem;\n}', '.b {\n  color: red;\n  top: 1rem;\n}'],
])('a size for a root of 10 px fits one of 16, and names stay: %s', (before, after) => {
  expect(scaleStyles(before)).toBe(after)
})
