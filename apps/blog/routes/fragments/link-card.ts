import type { BlogService } from '@rose-ash/shared/contracts/blog'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly blog: BlogService
  readonly render: Render
  /** The blog's own address, since the card is shown on other apps. */
  readonly publicUrl: string
}

const parameters = z.object({ slug: z.string().min(1).max(191) })

/** A published post or page as a compact card. */
export function createLinkCard({ blog, render, publicUrl }: Options): FragmentProvider {
  return defineFragment(parameters, async ({ slug }) => {
    const post = await blog.findPostBySlug(slug)
    if (!post) return ''
    return render('partials/link-card', {
      url: publicUrl + post.path,
      title: post.title,
      kind: 'Blog',
      note: post.excerpt || null,
      image: post.image,
      price: null,
    })
  })
}
