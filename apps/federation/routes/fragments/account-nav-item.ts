import type { FederationService } from '@rose-ash/shared/contracts/federation'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly federation: FederationService
  readonly render: Render
}

/** "Your profile" in the account's menu, for members who have one. */
export function createAccountNavItem({ federation, render }: Options): FragmentProvider {
  return defineFragment(z.object({ userId: z.uuid() }), async ({ userId }) => {
    const profile = await federation.findProfileByUser(userId)
    return profile ? render('fragments/account-nav-item', { path: profile.path }) : ''
  })
}
