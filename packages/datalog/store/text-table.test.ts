import { expect, it } from 'vitest'
import { createRandom } from '../testing/random.ts'
import { TextTable } from './text-table.ts'

const draws: Record<string, (below: (limit: number) => number) => string> = {
  'short ones': (below) => String(below(3000)),
  'long ones that are alike': (below) => `post:${'x'.repeat(300)}${below(3000)}`,
  'of every character': (below) => String.fromCharCode(below(2 ** 16), below(40)),
  'of one letter, and the empty one': (below) => 'a'.repeat(below(60)),
}

it.each(Object.entries(draws))('texts are found while they come and go: %s', (_, draw) => {
  const random = createRandom(7)
  const texts: (string | undefined)[] = []
  const table = new TextTable(texts)
  const kept = new Map<string, number>()
  for (let step = 0; step < 20_000; step += 1) {
    const text = draw((limit) => random.below(limit))
    expect(table.find(text)).toBe(kept.get(text) ?? -1)
    // More come than go, then more go than come.
    if (random.below(4) < (step % 6000 < 4000 ? 3 : 1)) {
      if (kept.has(text)) continue
      const id = texts.push(text) - 1
      table.add(text, id)
      kept.set(text, id)
    } else if (kept.has(text)) {
      table.remove(text)
      texts[kept.get(text) ?? 0] = undefined
      kept.delete(text)
    }
  }
  for (const [text, id] of kept) expect(table.find(text)).toBe(id)
})
