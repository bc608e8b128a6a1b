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
}

/** The site's menu; nothing when it has no entries. */
export function createNavTree({ blog, render }: Options): FragmentProvider {
  return defineFragment(z.object({}), async () => {
    const nodes = await blog.navigationTree()
    return nodes.length > 0 ? render('partials/nav-tree', { nodes }) : ''
  })
}
