import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { GhostTableRow } from './ghost-tables.ts'

/** A file that a real Ghost site gave: `admin-api/posts.page1.json`, `members.csv`. */
export function readGhostFile(name: string): string {
  return readFileSync(fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url)), 'utf8')
}

/** The rows of one answer. */
export function readGhostRows(name: string, resource: string): GhostTableRow[] {
  return JSON.parse(readGhostFile(name))[resource]
}
