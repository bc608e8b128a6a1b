import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

/** This service's entry in the menu that all six share. */
export function createNavItem({ render }: { render: Render }): FragmentProvider {
  return defineFragment(z.object({}), async () =>
    render('partials/nav-item', { app: 'blog', label: 'Blog' }),
  )
}
