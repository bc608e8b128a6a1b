import type { Graph } from '../graph/open-graph.ts'
import { type BulkAction, bulkLimit } from './bulk-action.ts'
import { findTagSlugs } from './form-names.ts'
import type { PostChange } from './post-change.ts'
import { lockPosts, type PostContent, readContent } from './read-content.ts'
import { saveInside, type SaveRequest } from './save-post.ts'

export interface BulkOutcome {
  readonly changes: readonly PostChange[]
  /** Posts that stayed as they were, and why. */
  readonly refused: readonly { readonly title: string; readonly reason: string }[]
}

/** Each post by itself: one that its types refuse stays as it is and is named, the others are changed. */
export async function changeInBulk(
  graph: Graph,
  ids: readonly string[],
  { action, user }: { readonly action: BulkAction; readonly user: SaveRequest['user'] },
): Promise<BulkOutcome> {
  const outcome = await graph.store.exclusively(async (inside, transaction) => {
    const [tagSlug = ''] =
      action.kind === 'remove-tag' ? await findTagSlugs(transaction, [action.tag]) : []
    const changes: PostChange[] = []
    const refused: { title: string; reason: string }[] = []
    for (const row of await lockPosts(transaction, ids.slice(0, bulkLimit))) {
      if (row.status === 'trashed') continue
      const content = await readContent(transaction, inside, row)
      const result = await saveInside(
        graph,
        { inside, transaction },
        {
          id: row.id,
          type: row.type,
          body: undefined,
          reason: action.kind === 'publish' ? 'publish' : 'save',
          user,
          ...applied(content, action, tagSlug),
        },
      )
      if (result.status === 'saved') changes.push(result.change)
      if (result.status === 'refused') {
        const [problem] = result.problems
        refused.push({ title: row.title, reason: result.messages[0] ?? problem?.message ?? '' })
      }
    }
    return { changes, refused }
  })
  await graph.views.follow()
  return outcome
}

function applied(
  content: PostContent,
  action: BulkAction,
  tagSlug: string,
): Pick<SaveRequest, 'content' | 'tagNames' | 'addTagNames'> {
  switch (action.kind) {
    case 'publish':
      // At once, also what was waiting for another time.
      return {
        content: {
          ...content,
          status: 'published',
          publishedAt: content.status === 'published' ? content.publishedAt : null,
        },
      }
    case 'unpublish':
      return { content: { ...content, status: 'draft' } }
    case 'feature':
    case 'unfeature':
      return { content: { ...content, featured: action.kind === 'feature' } }
    case 'visibility':
      return { content: { ...content, visibility: action.visibility } }
    case 'add-tag':
      return { content, addTagNames: [action.tag] }
    case 'remove-tag':
      return { content: { ...content, tags: content.tags.filter((slug) => slug !== tagSlug) } }
  }
}
