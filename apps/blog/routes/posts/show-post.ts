import { commentsTag } from '@rose-ash/shared/contracts/comments'
import { excerptOf } from '@rose-ash/shared/contracts/excerpt'
import type { PostReader } from '@rose-ash/shared/contracts/paywall'
import type { Page } from '@rose-ash/shared/infrastructure/view/page'
import type { PageCode } from '@rose-ash/shared/infrastructure/view/page-code'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { fillBlocks, findBlocks, isForOneReader } from '../../services/editing/blocks.ts'
import type { GraphAccess } from '../../services/graph/open-graph.ts'
import {
  readExtent,
  readSurroundings,
  type Surroundings,
} from '../../services/graph/surroundings.ts'
import { pageTags } from '../../services/posts/page-tags.ts'
import { createListFiller } from '../../services/queries/fill-lists.ts'
import { findListMarks } from '../../services/queries/list-marks.ts'
import { createPictureBlur } from '../../services/reading/blur-pictures.ts'
import { contentsOf } from '../../services/reading/contents.ts'
import { headOfPost, type Site } from '../../services/reading/head-of-post.ts'
import { describePost, fragmentsOf, nameOf, templateOf } from './describe-post.ts'
import { type EditorLinks, noEditorLinks } from './editor-links.ts'
import type { FullPost } from './queries.ts'

interface Options {
  readonly graph: GraphAccess
  readonly render: Render
  readonly site: Site
}

export interface ShownPage {
  readonly page: Page
  /** What it is made of. Undefined when it must not be kept. */
  readonly tags: readonly string[] | undefined
}

/** The same post as another kind of reader would see it. */
export interface PreviewLink {
  readonly label: string
  readonly url: string
  readonly isShown: boolean
}

interface Around {
  readonly previews?: readonly PreviewLink[]
  /** For whoever looks after it. */
  readonly editing?: EditorLinks
}

/** The page of a post as one kind of reader sees it, with all that is read for it. */
export function createPostPage(
  options: Options,
): (post: FullPost, reader: PostReader, around?: Around) => Promise<ShownPage> {
  const fillLists = createListFiller(options)
  let blurPictures: ReturnType<typeof createPictureBlur> | undefined

  return async (post, reader, { previews, editing = noEditorLinks } = {}) => {
    const code = await codeOf(post)
    const graph = await options.graph.open()
    const name = nameOf(post)
    const described = describePost(post, reader, options.site.actor)
    const surroundings = await readSurroundings(graph, name)
    const extent = post.type === 'type' ? await readExtent(graph, post.slug) : []
    const description = post.meta.metaDescription ?? excerptOf(post)
    const image = post.meta.ogImage ?? post.featureImage
    blurPictures ??= createPictureBlur(graph.database)
    const html = await blurPictures(await fillLists(described.html))
    const page: Page = {
      template: templateOf(post),
      title: post.meta.metaTitle ?? post.title,
      ...(description ? { description } : {}),
      ...(image ? { image } : {}),
      ...(post.language ? { language: post.language } : {}),
      canonicalPath: `/${post.slug}/`,
      ...(post.canonicalUrl ? { canonicalUrl: post.canonicalUrl } : {}),
      head: headOfPost({ ...post, description, tags: publicTags(post) }, options.site),
      data: (fragments) => ({
        ...described,
        html: fillBlocks(html, fragments),
        ...surroundings,
        types: surroundings.exactTypes,
        extent,
        isType: post.type === 'type',
        contents: contentsOf(described.html),
        shareUrl: `${options.site.url}/${post.slug}/`,
        previews: previews ?? null,
        editing,
      }),
      fragments: { ...fragmentsOf(post), ...findBlocks(described.html) },
      ...(code && { code }),
    }
    // Somebody follows its lists, or it shows each reader something of their own.
    const isKept = findListMarks(described.html).length === 0 && !isForOneReader(described.html)
    return { page, tags: isKept ? tagsOf(post, name, surroundings) : undefined }
  }
}

function publicTags({ tags }: FullPost) {
  return tags.filter(({ visibility }) => visibility === 'public')
}

/** Few posts have any. */
async function codeOf({ codeHead, codeFoot }: FullPost): Promise<PageCode | undefined> {
  if (!codeHead && !codeFoot) return undefined
  const { readPageCode } = await import('../../services/posts/page-code.ts')
  const head = readPageCode(codeHead ?? '', 'head')
  const foot = readPageCode(codeFoot ?? '', 'foot')
  return {
    head: head.html,
    foot: foot.html,
    scriptSources: [...head.scriptSources, ...foot.scriptSources],
    styleSources: [...head.styleSources, ...foot.styleSources],
  }
}

function tagsOf(
  post: FullPost,
  name: string,
  { related, relations }: Surroundings,
): readonly string[] {
  return [
    pageTags.all,
    pageTags.object(name),
    commentsTag(post.id),
    pageTags.slug(post.slug),
    ...[...related, ...relations.flatMap(({ objects }) => objects)].map((other) =>
      pageTags.object(other.name),
    ),
    ...post.tags.map(({ slug }) => pageTags.tag(slug)),
    ...post.authors.map(({ slug }) => pageTags.author(slug)),
  ]
}
