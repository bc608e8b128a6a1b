import { slugify } from '../ghost/slugs.ts'
import type { ExportChoice } from './export-choice.ts'

/** What the archive is called when somebody saves it. */
export function archiveName(title: string, exportedAt: Date, kind: ExportChoice['kind']): string {
  const what = kind === 'ghost' ? 'for-ghost' : 'export'
  return `${siteName(title)}.${what}.${timeName(exportedAt)}.zip`
}

/** As Ghost names its exports. */
export function siteName(title: string): string {
  return (
    slugify(title)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'site'
  )
}

/** `2026-11-27-09-30-00`. */
export function timeName(time: Date): string {
  return time.toISOString().slice(0, 19).replace(/[T:]/g, '-')
}
