import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const staticFolder = fileURLToPath(new URL('../../static', import.meta.url))

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
}

export interface Asset {
  /** `/assets/site.3f2a….css`: changes with the content, so it may be kept for ever. */
  readonly path: string
  readonly contentType: string
  readonly body: Buffer
  readonly brotli: Buffer
  readonly gzip: Buffer
}

/** The files every app serves, read once, and compressed once. One value may serve all six apps. */
export interface Assets {
  /** Throws when there is no such file, so that a wrong name in a template is seen at once. */
  pathOf(name: string): string
  findByPath(path: string): Asset | undefined
  /** By plain name, for the few addresses that cannot carry a hash: `favicon.ico`. */
  findByName(name: string): Asset | undefined
}

export function loadAssets(): Assets {
  const byName = new Map<string, Asset>()
  for (const name of readdirSync(staticFolder)) {
    if (contentTypes[extname(name)]) {
      byName.set(name, createAsset(name, readFileSync(join(staticFolder, name))))
    }
  }
  byName.set('site.css', createAsset('site.css', readStylesheet()))
  byName.set('htmx.js', createAsset('htmx.js', readHtmx()))
  const byPath = new Map([...byName.values()].map((asset) => [asset.path, asset]))

  return {
    pathOf(name) {
      const asset = byName.get(name)
      if (!asset) throw new Error(`There is no asset named ${name} in packages/shared/static.`)
      return asset.path
    },
    findByPath: (path) => byPath.get(path),
    findByName: (name) => byName.get(name),
  }
}

/** `static/styles/*.css` in name order: one file for the browser, one noun a file for us. */
function readStylesheet(): Buffer {
  const folder = join(staticFolder, 'styles')
  const names = readdirSync(folder).filter((name) => name.endsWith('.css'))
  return Buffer.concat(names.toSorted().map((name) => readFileSync(join(folder, name))))
}

function readHtmx(): Buffer {
  const require = createRequire(import.meta.url)
  return readFileSync(require.resolve('htmx.org/dist/htmx.min.js'))
}

function createAsset(name: string, body: Buffer): Asset {
  const extension = extname(name)
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return compressAsset({
    path: `/assets/${name.slice(0, -extension.length)}.${hash}${extension}`,
    contentType: contentTypes[extension] ?? 'application/octet-stream',
    body,
  })
}

/** With the two forms in which most browsers ask for it, made when one does so first. */
export function compressAsset(file: Pick<Asset, 'path' | 'contentType' | 'body'>): Asset {
  const { body } = file
  const made: { brotli?: Buffer; gzip?: Buffer } = {}
  return {
    ...file,
    get brotli() {
      return (made.brotli ??= brotliCompressSync(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
      }))
    },
    get gzip() {
      return (made.gzip ??= gzipSync(body, { level: 9 }))
    },
  }
}
