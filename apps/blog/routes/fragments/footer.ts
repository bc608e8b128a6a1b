import type { BlogService } from '@rose-ash/shared/contracts/blog'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'
import { addressOnSite, renderFooterText } from '../../services/navigation/footer-text.ts'

interface Options {
  readonly blog: Pick<BlogService, 'footer'>
  readonly render: Render
  /** The blog's own address, since the footer is shown on other apps. */
  readonly publicUrl: string
}

/** What the site says at the end of every page; nothing until somebody has written it. */
export function createFooter({ blog, render, publicUrl }: Options): FragmentProvider {
  return defineFragment(z.object({}), async () => {
    const footer = await blog.footer()
    if (!footer) return ''
    return render('partials/footer-own', {
      html: renderFooterText(footer.text, publicUrl),
      links: footer.links.flatMap(({ label, address }) => {
        const url = addressOnSite(address, publicUrl)
        return url === undefined ? [] : [{ label, url }]
      }),
    })
  })
}
