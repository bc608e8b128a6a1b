import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Asset, compressAsset } from '@rose-ash/shared/infrastructure/view/assets'

/** The engine and the playground's own scripts, as a browser takes them. */
export interface BrowserModules {
  /** Address of the script that the page begins with. */
  readonly mainPath: string
  findByPath(path: string): Asset | undefined
}

const require = createRequire(import.meta.url)
const engineName = '@rose-ash/datalog'

/** The two folders that are served, by their names in addresses. */
const folders = {
  page: fileURLToPath(new URL('../../playground', import.meta.url)),
  engine: engineFolder(),
} as const

const entries = ['page/main.ts', 'page/worker.ts']

/** `from './x.ts'`, also over several lines; types are gone by then. */
const specifier = /^((?:import|export)\b(?:[^'"`=;()]*?\bfrom)?\s*)(['"])([^'"\n]+)\2/gm

/** Where the engine's package is, for its files are read as they are. */
export function engineFolder(): string {
  return dirname(require.resolve(engineName))
}

/**
 * There is no build: the types are cut out of the sources, and `./x.ts` becomes `./x.js`. Only what
 * the page needs is followed and served, all of it under one hash, so that it may be kept for ever.
 */
export function loadBrowserModules(): BrowserModules {
  const sources = new Map<string, string>()
  const waiting = [...entries]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (sources.has(path)) continue
    const { code, imports } = readModule(path)
    sources.set(path, code)
    waiting.push(...imports)
  }

  const hash = createHash('sha256')
  for (const path of [...sources.keys()].toSorted()) hash.update(`${path}\n${sources.get(path)}\n`)
  const root = `/assets/datalog/${hash.digest('hex').slice(0, 12)}`
  const assets = new Map<string, Asset>()
  for (const [path, code] of sources) {
    const address = `${root}/${inBrowser(path)}`
    const contentType = 'text/javascript; charset=utf-8'
    assets.set(address, compressAsset({ path: address, contentType, body: Buffer.from(code) }))
  }
  return { mainPath: `${root}/page/main.js`, findByPath: (path) => assets.get(path) }
}

function readModule(path: string): { code: string; imports: readonly string[] } {
  const [folder = '', ...rest] = path.split('/')
  const file = join(folders[folder as keyof typeof folders], ...rest)
  const imports: string[] = []
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'), { mode: 'strip' }).replaceAll(
    specifier,
    (...parts: readonly string[]) => {
      const [, before, quote, name = ''] = parts
      const target = targetOf(name, path)
      imports.push(target)
      const relative = posix.relative(posix.dirname(path), inBrowser(target))
      return `${before}${quote}${relative.startsWith('.') ? relative : `./${relative}`}${quote}`
    },
  )
  return { code, imports }
}

/** `../language/parser.ts`, or a file of the engine by the name that its package gives it. */
function targetOf(name: string, from: string): string {
  if (name === engineName) return 'engine/index.ts'
  if (name.startsWith(`${engineName}/`)) return `engine/${name.slice(engineName.length + 1)}.ts`
  if (name.startsWith('.')) return posix.join(posix.dirname(from), name)
  throw new Error(`${from} imports ${name}, which no browser has.`)
}

function inBrowser(path: string): string {
  return path.replace(/\.ts$/, '.js')
}
