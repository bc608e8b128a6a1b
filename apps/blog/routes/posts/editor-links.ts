import { may } from '@rose-ash/shared/contracts/permissions'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import { editUrlOf, objectUrl, relationsPartUrl } from '../admin/addresses.ts'
import { nameOf } from './describe-post.ts'
import type { FullPost } from './queries.ts'

/** Where what a page shows is changed. */
export interface EditorLinks {
  readonly editUrl: string | null
  /** Its relations: on a page of their own, and as a part of this one. */
  readonly objectUrl: string | null
  readonly relationsUrl: string | null
}

export const noEditorLinks: EditorLinks = { editUrl: null, objectUrl: null, relationsUrl: null }

/** All null for who may do nothing about a post. */
export function editorLinksOf(user: CurrentUser | undefined, post: FullPost): EditorLinks {
  if (!user || !may(user.roles, 'posts.edit', { type: 'page', id: post.id })) return noEditorLinks
  const name = nameOf(post)
  const mayRelate = may(user.roles, 'graph.edit')
  const isPost = post.type === 'post' || post.type === 'page'
  return {
    editUrl: isPost || mayRelate ? editUrlOf(name) : null,
    objectUrl: mayRelate ? objectUrl(name) : null,
    relationsUrl: mayRelate ? relationsPartUrl(post.slug) : null,
  }
}
