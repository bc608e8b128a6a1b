import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'
import { scaleStyles } from './browser/scale-styles.ts'
import { createBundledFiles } from './bundled-files.ts'

/**
 * Makes the editor's two files, and their compressed forms, in the folder that is named. Without a
 * name it makes them where they will be looked for, which is how an image gets them beforehand.
 */
const here = import.meta.dirname
const folder = process.argv[2]
const oldMilliseconds = 7 * 86_400_000

if (folder) await makeBundle(folder)
else {
  const files = createBundledFiles()
  await files.find(files.scriptUrl)
}

async function makeBundle(target: string): Promise<void> {
  const unfinished = `${target}.${process.pid}.part`
  await mkdir(unfinished, { recursive: true })
  try {
    await build({
      entryPoints: [join(here, 'browser/main.ts')],
      outfile: join(unfinished, 'editor.js'),
      bundle: true,
      format: 'esm',
      minify: true,
      target: 'es2022',
      legalComments: 'none',
      define: { 'process.env.NODE_ENV': '"production"' },
      absWorkingDir: here,
      logLevel: 'error',
    })
    // Its package exports no stylesheet, so it is taken from where it lies.
    const style = join(here, 'node_modules/@tryghost/koenig-lexical/dist/style.css')
    await writeFile(join(unfinished, 'editor.css'), scaleStyles(await readFile(style, 'utf8')))
    await Promise.all(['editor.js', 'editor.css'].map((name) => compress(join(unfinished, name))))
    await putInPlace(unfinished, target)
    await removeOld(dirname(target))
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function compress(file: string): Promise<void> {
  const body = await readFile(file)
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    promisify(gzip)(body, { level: 9 }),
  ])
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, gzipped)])
}

/** Another process may have been first, with the same. */
async function putInPlace(unfinished: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  try {
    await rename(unfinished, target)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Bundles of sources that have changed since: a process may still serve a young one. */
async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    const isOld = found !== undefined && found.mtimeMs < Date.now() - oldMilliseconds
    if (isOld) await rm(path, { recursive: true, force: true })
  }
}
