import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** One file of the editor, in the three forms in which browsers take it. */
export interface BundledFile {
  readonly path: string
  readonly contentType: string
  readonly body: Buffer
  readonly brotli: Buffer
  readonly gzip: Buffer
}

/** The editor as a browser takes it: a script and a stylesheet, made when they are first asked for. */
export interface BundledFiles {
  /** Both change with what they are made of, so that they may be kept for ever. */
  readonly scriptUrl: string
  readonly styleUrl: string
  /** By address. The first call on a machine takes about two seconds; nothing is kept in memory. */
  find(path: string): Promise<BundledFile | undefined>
}

const here = import.meta.dirname
const run = promisify(execFile)

const contentTypes: Readonly<Record<string, string>> = {
  'editor.js': 'text/javascript; charset=utf-8',
  'editor.css': 'text/css; charset=utf-8',
}

/** Costs nothing until something is asked of it: a process that only shows pages never asks. */
export function createBundledFiles(): BundledFiles {
  let known: { readonly folder: string; readonly root: string } | undefined
  const place = () => {
    if (known) return known
    const key = hashOfSources()
    known = { folder: join(bundleFolder, key), root: `/assets/editor/${key}` }
    return known
  }
  let making: Promise<void> | undefined
  // Two at once wait for the same; what failed is tried again.
  const makeOnce = (folder: string) =>
    (making ??= make(folder).finally(() => {
      making = undefined
    }))

  return {
    get scriptUrl() {
      return `${place().root}/editor.js`
    },
    get styleUrl() {
      return `${place().root}/editor.css`
    },
    async find(path) {
      const { folder, root } = place()
      const name = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : ''
      const contentType = Object.hasOwn(contentTypes, name) ? contentTypes[name] : undefined
      if (!contentType) return undefined
      if (!(await isThere(folder))) await makeOnce(folder)
      const [body, brotli, gzip] = await Promise.all(
        ['', '.br', '.gz'].map((ending) => readFile(join(folder, name + ending))),
      )
      return { path, contentType, body: body!, brotli: brotli!, gzip: gzip! }
    },
  }
}

/** Beside the packages that it is made of: gone with them, and in no repository. */
export const bundleFolder = join(here, 'node_modules/.cache/bundle')

/**
 * In a process of its own: the bundler's memory is not the blog's, and answers go on meanwhile.
 * Where the sources cannot be written beside (an image), the bundle was made before.
 */
async function make(folder: string): Promise<void> {
  await run(process.execPath, [join(here, 'make-bundle.ts'), folder])
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  // The manifest names versions by the catalog; the installed packages say which they are.
  const packages = ['@tryghost/koenig-lexical', 'react', 'react-dom', 'esbuild']
  const manifests = packages.map((name) => `node_modules/${name}/package.json`)
  const sources = globSync('browser/**/*.ts', { cwd: here }).toSorted()
  for (const file of [...manifests, ...sources, 'make-bundle.ts']) {
    hash.update(`${file}\n`).update(readFileSync(join(here, file)))
  }
  return hash.digest('hex').slice(0, 12)
}
