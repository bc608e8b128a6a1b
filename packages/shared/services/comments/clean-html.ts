import type { IOptions } from 'sanitize-html'

/** Makes somebody else's HTML safe to put in a page. Empty when nothing to read is left. */
export type CleanHtml = (html: string) => Promise<string>

/**
 * Of a reply from another server only what prose is made of stays: no pictures, classes, ids, styles
 * or names, so that it can neither load anything nor look like a part of the page. Links are marked
 * as a stranger's. Comments of the reply's own HTML and everything unknown go; their text stays.
 */
export const cleanReplyHtml: CleanHtml = async (html) => {
  // Most apps never need it.
  const { default: sanitizeHtml } = await import('sanitize-html')
  const clean = sanitizeHtml(html.replaceAll('\0', ''), options).trim()
  const text = sanitizeHtml(clean, { allowedTags: [], allowedAttributes: {} })
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(text) ? clean : ''
}

const options: IOptions = {
  allowedTags: 'p br a strong b em i u s del code pre blockquote ul ol li'.split(' '),
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['http', 'https'],
  allowedSchemesAppliedToAttributes: ['href'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: 'script style textarea option noscript xmp template svg math'.split(' '),
  nestingLimit: 12,
  parseStyleAttributes: false,
  transformTags: {
    a: (tagName, { href }) => ({
      tagName,
      // An address without a scheme would lead to a page of ours.
      attribs: {
        ...(href !== undefined && /^https?:\/\//i.test(href) && { href }),
        rel: 'nofollow ugc noopener',
      },
    }),
    ...Object.fromEntries(
      ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'div'].map((tag) => [tag, 'p'] as const),
    ),
  },
}
