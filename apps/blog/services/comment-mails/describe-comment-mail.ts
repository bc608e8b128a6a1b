import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { NoticeMail, Quote } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import { plaintextOf } from '../documents/plaintext.ts'
import type { WaitingComment } from './waiting-comments.ts'

const longestExcerpt = 400
const longestName = 100

/** What somebody is told of these comments; there is at least one. */
export function describeCommentMail(
  { platform, publicUrls }: Pick<AppConfig, 'platform' | 'publicUrls'>,
  told: readonly WaitingComment[],
): Pick<NoticeMail, 'subject' | 'paragraphs' | 'quotes'> {
  const [first] = told
  const subject =
    first && told.length === 1
      ? happened(first)
      : `${told.length} new comments for you at ${platform.name}`
  const hasAnswers = told.some(({ why }) => why === 'answer')
  const hasOthers = told.some(({ why }) => why === 'post')
  const about = [hasAnswers && 'what you have said', hasOthers && 'what you have written'].filter(
    Boolean,
  )
  return {
    subject,
    paragraphs: [`there is something new about ${about.join(' and ')} at ${platform.name}.`],
    quotes: told.map((comment) => quote(comment, publicUrls.blog)),
  }
}

function quote(comment: WaitingComment, blogUrl: string): Quote {
  const { id, postId, html } = comment
  return {
    heading: `${happened(comment)}:`,
    lines: excerptOf(html).split('\n').filter(Boolean),
    link: { label: 'Read it and answer', url: `${blogUrl}/comments/${postId}/${id}/` },
  }
}

function happened({ why, name, postTitle }: WaitingComment): string {
  const who = oneLine(name) || 'Somebody'
  const where = `“${oneLine(postTitle)}”`
  return why === 'answer'
    ? `${who} answered your comment on ${where}`
    : `${who} commented on ${where}`
}

/** For a mail's subject: no line ends or other controls, and not endless. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim()
  return shorten(line, longestName)
}

function excerptOf(html: string): string {
  return shorten(plaintextOf(html), longestExcerpt)
}

function shorten(text: string, longest: number): string {
  const letters = Array.from(text)
  return letters.length > longest ? `${letters.slice(0, longest).join('').trimEnd()}…` : text
}
