import type { ContentCounts } from './count-content.ts'
import type { ExportChoice } from './export-choice.ts'
import type { ExportedSite } from './setting-rows.ts'

export interface Readme {
  readonly site: ExportedSite
  readonly choice: ExportChoice
  readonly counts: ContentCounts
  readonly warnings: readonly string[]
}

/** What is in the archive and what each part is good for. */
export function readmeText({ site, choice, counts, warnings }: Readme): string {
  return `${site.title}
${site.publicUrls.blog}

Everything that was written on this site: ${counts.posts} posts and pages, drafts included, and
${counts.files} files. What is in the trash is not here. Nor are passwords, keys and sessions.

`
}
