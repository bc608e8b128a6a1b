import { longestComment, longestReason } from '../../contracts/comments.ts'
import { InvalidInputError } from '../../contracts/errors.ts'

/** Controls other than line end and tab, and characters that make what follows run backwards. */
const unwanted = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u
const somethingToSee = /[\p{L}\p{N}\p{S}\p{P}]/u

/** What a member may say: plain text, as it will be kept. Throws InvalidInputError. */
export function readCommentText(sent: string): string {
  return readText(sent, {
    longest: longestComment,
    empty: 'Please write something first.',
    what: 'A comment',
  })
}

/** Why a member thinks that a moderator should look. Throws InvalidInputError. */
export function readReason(sent: string): string {
  return readText(sent, {
    longest: longestReason,
    empty: 'Please say in a few words what is wrong with this comment.',
    what: 'A reason',
  })
}

function readText(
  sent: string,
  { longest, empty, what }: { longest: number; empty: string; what: string },
): string {
  const text = sent
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
  if (unwanted.test(text.replaceAll(/[\n\t]/g, '')) || !text.isWellFormed()) {
    throw new InvalidInputError(
      `There is a control character in it that cannot be shown. Please take it out.`,
    )
  }
  if (!somethingToSee.test(text)) throw new InvalidInputError(empty)
  const length = Array.from(text).length
  if (length > longest) {
    throw new InvalidInputError(
      `${what} has ${longest.toLocaleString('en-GB')} characters at most; this one has ${length.toLocaleString('en-GB')}.`,
    )
  }
  return text
}

const webAddress = /https?:\/\/[^\s<>"']+/gi

/** Paragraphs, line breaks and links to the web addresses in it. Nothing in the text is markup. */
export function commentHtml(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split('\n').map(lineHtml).join('<br>')}</p>`)
    .join('')
}

function lineHtml(line: string): string {
  let html = ''
  let written = 0
  for (const { 0: found, index } of line.matchAll(webAddress)) {
    const address = withoutPunctuation(found)
    const href = hrefOf(address)
    if (href === undefined) continue
    html += escape(line.slice(written, index))
    html += `<a href="${escape(href)}" rel="nofollow ugc noopener">${escape(address)}</a>`
    written = index + address.length
  }
  return html + escape(line.slice(written))
}

/** What ends a sentence is not of the address, nor is the bracket around it. */
function withoutPunctuation(address: string): string {
  let end = address.length
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? ''
    if ('.,;:!?*_~'.includes(last)) continue
    const opening = { ')': '(', ']': '[', '}': '{' }[last]
    if (opening === undefined || address.slice(0, end).includes(opening)) break
  }
  return address.slice(0, end)
}

/** Undefined for what is no address, and for one that hides another in front of an `@`. */
function hrefOf(address: string): string | undefined {
  const url = URL.parse(address)
  return url && !url.username && !url.password ? url.href : undefined
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
