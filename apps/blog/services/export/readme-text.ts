import type { ContentCounts } from './count-content.ts'
import type { ExportChoice } from './export-choice.ts'
import type { ExportedSite } from './setting-rows.ts'

export interface Readme {
  readonly site: ExportedSite
  readonly choice: ExportChoice
  readonly counts: ContentCounts
  readonly jsonName: string
  readonly warnings: readonly string[]
}

/** What is in the archive and what each part is good for. */
export function readmeText(readme: Readme): string {
  const { site, choice, counts, jsonName, warnings } = readme
  return `${site.title}
${site.publicUrls.blog}

This is everything that was written on this site: ${counts.posts} posts and pages, drafts included,
and ${counts.files} files. What is in the trash is not here, nor are passwords, keys and sessions.

WHAT IS IN IT

${jsonName}
    Posts, pages, tags, authors, tiers and newsletters in Ghost's own format. This platform
    imports the whole archive as it is. Ghost's import takes this file alone, or an archive made
    with "For Ghost", which holds nothing that it would stumble over.

content/
    Pictures, films, sounds and documents as they were uploaded, under the paths that texts name.

markdown/
    Each post and page as a text with its title, dates, tags and fields at the top. Most other
    programs for web sites can read this. Put "content" where the site serves "/content".

redirects.yaml, routes.yaml
    Addresses that moved, and how addresses are made. Ghost takes both under Settings, Labs.

rose-ash/
    What Ghost has no place for: types, relations, fields and lists (graph.json), comments
    (comments.json) and menus (navigation.json)${choice.withRevisions ? ', and every save of every post (revisions.ndjson)' : ''}.

members.csv
    ${membersText(choice)}

${
  warnings.length === 0
    ? 'Nothing was left out that should be here.\n'
    : `WHAT COULD NOT BE PACKED\n\n${warnings.map((warning) => `- ${warning}`).join('\n')}\n`
}`
}

function membersText({ withMembers }: ExportChoice): string {
  return withMembers
    ? `Members with their addresses, as Ghost's own download has them. Which newsletters
    somebody gets has no place in it. Please keep it safe.`
    : `Not in this archive: members are only for whoever may give roles, and who asks for them.`
}
