import { open, stat } from 'node:fs/promises'
import { isMembersHeading } from './members-file.ts'
import { parseYaml } from './redirects-file.ts'

/** What a Ghost site lets its owner download. */
export type GhostFileKind = 'export' | 'members' | 'redirects-json' | 'redirects-yaml' | 'routes'

const headBytes = 65_536
/** Redirects and routes are written by hand. */
export const longestSettings = 5_000_000

/**
 * What a file is, by what it holds and not by its name. Whatever is none of the others is taken for an export, whose
 * reader says what is wrong with it.
 */
export async function recogniseFile(path: string): Promise<GhostFileKind> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size === 0) return 'export'
  await using file = await open(path)
  const buffer = Buffer.alloc(Math.min(size, headBytes))
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
  const head = buffer.subarray(0, bytesRead)
  const kind = recogniseHead(head)
  if (kind) return kind
  if (size > longestSettings) return 'export'
  const text = size > headBytes ? await file.readFile('utf8') : head.toString('utf8')
  return recogniseText(text)
}

function recogniseHead(head: Buffer): GhostFileKind | undefined {
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (/^(PK|\{)/.test(text) || text.includes('\0')) return 'export'
  if (text.startsWith('[')) return 'redirects-json'
  const [heading = ''] = text.split('\n')
  const cells = heading.split(',').map((cell) => cell.trim().replace(/^"|"$/g, ''))
  return isMembersHeading(cells) ? 'members' : undefined
}

/** Redirects or routes in YAML, by their top keys. */
export function recogniseText(text: string): GhostFileKind {
  const keys = topKeys(text)
  if (keys.some((key) => ['301', '302'].includes(key))) return 'redirects-yaml'
  if (keys.some((key) => ['routes', 'collections', 'taxonomies'].includes(key))) return 'routes'
  return 'export'
}

function topKeys(text: string): readonly string[] {
  try {
    const value = parseYaml(text)
    return typeof value === 'object' && value !== null ? Object.keys(value) : []
  } catch {
    // The lines that begin at the margin still say what it was to be.
    return [...text.matchAll(/^(\w+):/gm)].map(([, key]) => key ?? '')
  }
}
