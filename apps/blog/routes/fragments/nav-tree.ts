import type { BlogService } from '@rose-ash/shared/contracts/blog'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly blog: Pick<BlogService, 'navigationTree'>
  readonly render: Render
}

const parameters = z.union([
  z.object({ containerType: z.literal('page'), containerId: z.uuid() }),
  z.strictObject({}),
])

/** The site's menu, or that of a page; nothing when it has no entries. */
export function createNavTree({ blog, render }: Options): FragmentProvider {
  return defineFragment(parameters, async (asked) => {
    const isOfPage = 'containerId' in asked
    const container = isOfPage ? { type: 'page' as const, id: asked.containerId } : undefined
    const nodes = await blog.navigationTree(container)
    if (nodes.length === 0) return ''
    return render(isOfPage ? 'partials/page-menu' : 'partials/nav-tree', { nodes })
  })
}
