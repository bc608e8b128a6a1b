import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

/** The way from a member's account to what is on. */
export function createAccountNavItem({ render }: { render: Render }): FragmentProvider {
  return defineFragment(z.object({ userId: z.uuid() }), async () =>
    render('fragments/account-nav-item', {}),
  )
}
