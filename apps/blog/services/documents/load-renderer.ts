import type { DocumentRenderer } from './render.ts'

/** Its packages are large, and a process that only shows pages never needs them. */
export async function loadRenderer(): Promise<DocumentRenderer> {
  const [{ loadGhostPackages }, { createDocumentRenderer }] = await Promise.all([
    import('./ghost-packages.ts'),
    import('./render.ts'),
  ])
  return createDocumentRenderer(await loadGhostPackages())
}
