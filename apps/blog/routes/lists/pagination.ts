import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { HeadLink } from '@rose-ash/shared/infrastructure/view/page-head'
import { pageSize } from './queries.ts'

/** What the partial `pagination` shows. */
export interface Pagination {
  readonly pageNumber: number
  readonly pageCount: number
  readonly previousUrl: string | null
  readonly nextUrl: string | null
  readonly previousLabel: string
  readonly nextLabel: string
}

/** `base` is the list's first page: `/` or `/tag/bread/`. Throws NotFoundError past the last page. */
export function paginate(
  base: string,
  { pageNumber, postCount }: { readonly pageNumber: number; readonly postCount: number },
): Pagination {
  const pageCount = Math.max(1, Math.ceil(postCount / pageSize))
  if (pageNumber > pageCount) {
    throw new NotFoundError(`This list ends with page ${pageCount}.`)
  }
  return {
    pageNumber,
    pageCount,
    previousUrl: pageNumber > 1 ? pageUrl(base, pageNumber - 1) : null,
    nextUrl: pageNumber < pageCount ? pageUrl(base, pageNumber + 1) : null,
    previousLabel: 'Newer',
    nextLabel: 'Older',
  }
}

export function pageUrl(base: string, pageNumber: number): string {
  return pageNumber === 1 ? base : `${base}page/${pageNumber}/`
}

/** For the head of the page. */
export function neighbourLinks({ previousUrl, nextUrl }: Pagination): readonly HeadLink[] {
  return [
    ...(previousUrl ? [{ rel: 'prev', href: previousUrl }] : []),
    ...(nextUrl ? [{ rel: 'next', href: nextUrl }] : []),
  ]
}
