/**
 * Writes the demo's data from `source/`: `node packages/local/demo/build.ts`. Run it by hand after
 * a change there, and commit both. The pictures are drawn by `pictures/draw.ts`.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildGhostExport, readSources } from './build/ghost-export.ts'
import { buildGraphPart } from './build/graph-part.ts'
import { accounts } from './source/accounts.ts'
import { events } from './source/events/calendars.ts'
import { market } from './source/market/places.ts'

const folder = import.meta.dirname

const sources = readSources(join(folder, 'source'))

const files = {
  'blog/export.json': buildGhostExport(sources),
  'blog/rose-ash/graph.json': buildGraphPart(sources),
  'market.json': market,
  'events.json': events,
  'accounts.json': accounts,
}

for (const [name, content] of Object.entries(files)) {
  const text = `${JSON.stringify(content, null, 2)}\n`
  for (const picture of findPictures(text)) {
    if (!existsSync(join(folder, picture))) throw new Error(`${name} shows ${picture}: not drawn`)
  }
  writeFileSync(join(folder, name), text)
  console.log(`${name} ${Buffer.byteLength(text)} bytes`)
}

/** Paths below this folder of all pictures that a file mentions. */
function findPictures(text: string): Set<string> {
  const blog = [...text.matchAll(/__GHOST_URL__(\/content\/images\/[^"\\]+)/g)]
  const others = [...text.matchAll(/"file": "([^"]+)"/g)]
  return new Set([...blog.map(([, path]) => `blog${path}`), ...others.map(([, path]) => `${path}`)])
}
