import { registerHooks, type ResolveFnOutput } from 'node:module'

/**
 * Node parses a package's `exports` again for every file that imports from it, and drizzle-orm's are
 * 180 KB: a fifth of the time of a start. All packages of the workspace use one version of it, so each
 * name is looked up once. Counts for modules that are loaded afterwards.
 */
export function rememberResolutions(): void {
  const found = new Map<string, ResolveFnOutput>()
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const isOurs = !context.parentURL?.includes('/node_modules/')
      if (!isOurs || !/^drizzle-orm\b/.test(specifier)) return nextResolve(specifier, context)
      const known = found.get(specifier) ?? nextResolve(specifier, context)
      found.set(specifier, known)
      return { ...known, shortCircuit: true }
    },
  })
}
