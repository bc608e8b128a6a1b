import type { AccountService } from '@rose-ash/shared/contracts/account'
import type { FederationService } from '@rose-ash/shared/contracts/federation'
import { may } from '@rose-ash/shared/contracts/permissions'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import { initialOf } from '@rose-ash/shared/infrastructure/view/initial'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly account: AccountService
  readonly federation: FederationService
  readonly render: Render
  readonly publicUrls: { readonly blog: string; readonly federation: string }
}

/** Sign-in for strangers; name and menu for members. Its forms go to the app that shows it. */
export function createAuthMenu(options: Options): FragmentProvider {
  const { account, federation, render, publicUrls } = options
  const adminItems = [
    {
      label: 'Import posts',
      url: `${publicUrls.blog}/admin/import`,
      permission: 'posts.import',
    },
    {
      label: 'Datalog playground',
      url: `${publicUrls.blog}/admin/datalog/`,
      permission: 'graph.edit',
    },
  ] as const
  return defineFragment(z.object({ userId: z.uuid().optional() }), async ({ userId }) => {
    const [user, profile] = userId
      ? await Promise.all([account.findUser(userId), federation.findProfileByUser(userId)])
      : []
    return render('partials/auth-menu', {
      user: user ?? null,
      avatar: profile?.avatar ?? null,
      initial: user ? initialOf(user.displayName) : null,
      profileUrl: profile ? publicUrls.federation + profile.path : null,
      items: adminItems.filter(({ permission }) => user && may(user.roles, permission)),
    })
  })
}
