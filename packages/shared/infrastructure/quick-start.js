import { enableCompileCache, registerHooks } from 'node:module'
import { join } from 'node:path'

/**
 * For `node --import`, before a program of ours: its start takes less than half the time. Not
 * TypeScript: Node would load its type stripper for this one file, 3 MB of source and as much of
 * WebAssembly, where everything else comes stripped from what is kept.
 */

// What V8 and the type stripper have worked out once. Where nothing can be written, nothing is kept.
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/compile'))
rememberResolutions()

/**
 * Node reads a package's description anew for every file in it and for every file that imports from
 * it, and drizzle-orm's is 180 KB long: a third of the time of a start. Its files name each other in
 * full, and all packages of the workspace use one version of it, so neither needs the description.
 */
function rememberResolutions() {
  const found = new Map()
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const parent = context.parentURL ?? ''
      const isInside = parent.includes('/node_modules/drizzle-orm/')
      if (isInside && /^\.\.?\/.*\.js$/.test(specifier)) {
        return { url: new URL(specifier, parent).href, format: 'module', shortCircuit: true }
      }
      const isOurs = !parent.includes('/node_modules/')
      if (!isOurs || !/^drizzle-orm\b/.test(specifier)) return nextResolve(specifier, context)
      const known = found.get(specifier) ?? nextResolve(specifier, context)
      found.set(specifier, known)
      return { ...known, shortCircuit: true }
    },
  })
}
