import { registerHooks, type ResolveFnOutput } from 'node:module'

/**
 * Node reads a package's description anew for every file in it and for every file that imports from
 * it, and drizzle-orm's is 180 KB long: a third of the time of a start. Its files name each other in
 * full, and all packages of the workspace use one version of it, so neither needs the description.
 * Counts for modules that are loaded afterwards.
 */
export function rememberResolutions(): void {
  const found = new Map<string, ResolveFnOutput>()
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const parent = context.parentURL ?? ''
      if (isInside(parent) && /^\.\.?\/.*\.js$/.test(specifier)) {
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

function isInside(url: string): boolean {
  return url.includes('/node_modules/drizzle-orm/')
}
