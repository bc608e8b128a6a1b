import type { Database } from '../../../models/index.ts'
import { findAuthorSlugs, findTagSlugs } from '../../../services/posts/form-names.ts'
import type { PostRow } from '../../../services/posts/read-content.ts'
import type { SaveResult } from '../../../services/posts/save-post.ts'
import type { Side } from '../../../services/revisions/merge.ts'
import type { ReadForm } from './post-form.ts'

/** Slugs of the tags and authors that were typed; a form without such a field leaves them as they are. */
export async function findNames(
  database: Database,
  { tagNames, authorNames }: ReadForm,
): Promise<{
  readonly messages: readonly string[]
  readonly slugs: Partial<Record<'tags' | 'authors', readonly string[]>>
}> {
  const authors = authorNames && (await findAuthorSlugs(database, authorNames))
  return {
    messages: authors?.messages ?? [],
    slugs: {
      ...(tagNames && { tags: await findTagSlugs(database, tagNames) }),
      ...(authors && { authors: authors.slugs }),
    },
  }
}

export function reasonOf(row: PostRow | undefined, status: string): 'publish' | 'save' {
  return status === 'published' && row?.status !== 'published' ? 'publish' : 'save'
}

export function noticeOf(result: Extract<SaveResult, { status: 'saved' | 'unchanged' }>): string {
  if (result.status === 'unchanged') return 'Nothing had changed.'
  const { before, after } = result.change
  if (after?.status === before?.status) return 'Saved.'
  if (after?.status === 'published') return 'Saved and published.'
  if (after?.status === 'scheduled') return 'Saved; it will be published when its time comes.'
  return before?.status === 'published' ? 'Saved as a draft: nobody can read it now.' : 'Saved.'
}

export function choicesIn(body: unknown): Readonly<Record<string, Side>> {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>)
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      name.startsWith('choice-') && (value === 'mine' || value === 'theirs')
        ? [[name.slice('choice-'.length), value] as const]
        : [],
    ),
  )
}
