import { loadGhostPackages } from '../documents/ghost-packages.ts'
import { createDocumentRenderer } from '../documents/render.ts'
import type { Tools } from './prepare-post.ts'

/** Loaded when they are asked for first, and once. */
export function createTools(): () => Promise<Tools> {
  let tools: Promise<Tools> | undefined
  const load = async () => {
    const packages = await loadGhostPackages()
    return { packages, renderer: createDocumentRenderer(packages) }
  }
  return () => (tools ??= load())
}
