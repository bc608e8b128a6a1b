import {
  anonymousReader,
  type PostVisibility,
  visibleHtml,
} from '@rose-ash/shared/contracts/paywall'
import { compile } from 'html-to-text'
import { fillListMarks } from '../queries/list-marks.ts'

const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'figcaption', format: 'block' },
    { selector: 'iframe', format: 'skip' },
    { selector: 'hr', format: 'skip' },
    { selector: 'a', options: { ignoreHref: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
      selector,
      options: { uppercase: false },
    })),
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
  ],
})

/** The words of a post, paragraphs apart, for search and excerpts. Links and pictures are left out. */
export function plaintextOf(html: string): string {
  return toText(html)
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The words that everybody may read: what excerpts, search and other servers are given. */
export function publicTextOf(html: string, visibility: PostVisibility): string {
  return plaintextOf(fillListMarks(visibleHtml(html, visibility, anonymousReader), new Map()))
}

const wordsPerMinute = 275

/** As Ghost counts: 275 words a minute, 12 s for the first picture, down to 3 s; at least a minute. */
export function readingMinutesOf(html: string, plaintext: string): number {
  const words = plaintext.match(/\S+/g)?.length ?? 0
  const pictures = html.match(/<img\b/g)?.length ?? 0
  let seconds = (words / wordsPerMinute) * 60
  for (let picture = 0; picture < pictures; picture += 1) seconds += Math.max(12 - picture, 3)
  return Math.max(1, Math.round(seconds / 60))
}
