/** What a post may be made of: Ghost's cards, and prose with tables and footnotes. */
export const allowedTags: readonly string[] = `
  p br hr div span section article aside header footer nav h1 h2 h3 h4 h5 h6 blockquote pre code
  address center ul ol li dl dt dd details summary
  a strong b em i u s del ins mark small sub sup abbr cite dfn kbd q samp time var wbr
  ruby rb rp rt figure figcaption picture source img audio video track iframe
  table caption colgroup col thead tbody tfoot tr th td
`
  .trim()
  .split(/\s+/)

const sized = ['width', 'height']
const cell = ['colspan', 'rowspan', 'align', 'valign']

/** `style`, `on*`, `hx-*`, `srcdoc` and forms are not here: scripts and requests are the site's own. */
export const allowedAttributes: Readonly<Record<string, readonly string[]>> = {
  '*': ['class', 'id', 'title', 'lang', 'dir', 'role', 'aria-*', 'data-*'],
  a: ['href', 'name', 'rel', 'target', 'download'],
  img: ['src', 'srcset', 'sizes', 'alt', 'loading', 'decoding', ...sized],
  source: ['src', 'srcset', 'sizes', 'type', 'media', ...sized],
  audio: ['src', 'controls', 'loop', 'muted', 'preload'],
  video: ['src', 'controls', 'loop', 'muted', 'preload', 'playsinline', 'poster', ...sized],
  track: ['src', 'kind', 'srclang', 'label', 'default'],
  details: ['open'],
  ol: ['start', 'reversed', 'type'],
  li: ['value'],
  time: ['datetime'],
  blockquote: ['cite'],
  q: ['cite'],
  ins: ['cite', 'datetime'],
  del: ['cite', 'datetime'],
  table: ['align'],
  col: ['span', 'align'],
  colgroup: ['span'],
  tr: ['align', 'valign'],
  td: cell,
  th: ['scope', ...cell],
}
