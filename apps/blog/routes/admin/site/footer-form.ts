import type { FooterLink, SiteFooter } from '@rose-ash/shared/contracts/blog'
import { z } from 'zod'
import { addressOnSite, findBadLinks } from '../../../services/navigation/footer-text.ts'

interface FooterForm {
  /** As typed. */
  readonly values: { readonly text: string; readonly links: string }
  readonly problems: { readonly text?: string; readonly links?: string }
  /** Undefined when there are problems. */
  readonly footer: SiteFooter | undefined
}

const lettersAtMost = 1000
const linksAtMost = 20

const sent = z.object({ text: z.string().catch(''), links: z.string().catch('') })

/** A text, and one link a line: `Name: address`. */
export function readFooterForm(body: unknown): FooterForm {
  const typed = sent.parse(body ?? {})
  const text = typed.text.replaceAll('\r\n', '\n').trim()
  const lines = typed.links
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const links = lines.map(readLink)
  const textProblem = problemOfText(text)
  const linkProblem = problemOfLinks(links, lines)
  return {
    values: { text, links: lines.join('\n') },
    problems: {
      ...(textProblem && { text: textProblem }),
      ...(linkProblem && { links: linkProblem }),
    },
    footer:
      textProblem || linkProblem
        ? undefined
        : { text, links: links.filter((link) => link !== undefined) },
  }
}

export function writeLinks(links: readonly FooterLink[]): string {
  return links.map(({ label, address }) => `${label}: ${address}`).join('\n')
}

function problemOfText(text: string): string | undefined {
  if (text.length > lettersAtMost) return `At most ${lettersAtMost} letters.`
  if (/[^\P{Cc}\n\t]/u.test(text)) return 'There is a control character in the text.'
  const [bad] = findBadLinks(text)
  return bad === undefined
    ? undefined
    : `“${bad}” is no address that a link may lead to: https://…, mailto:… or a path such as /about/.`
}

function problemOfLinks(
  links: readonly (FooterLink | undefined)[],
  lines: readonly string[],
): string | undefined {
  if (lines.length > linksAtMost) return `At most ${linksAtMost} links.`
  const wrong = links.indexOf(undefined)
  if (wrong < 0) return undefined
  return `Line ${wrong + 1}, “${lines[wrong]}”, is not of the form “Name: address”, with an address that is https://…, mailto:… or a path such as /about/.`
}

function readLink(line: string): FooterLink | undefined {
  const [, label, address] = /^(.{1,60}?)\s*:\s+?(\S{1,500})$/u.exec(line) ?? []
  if (!label || !address || /\p{Cc}/u.test(label)) return undefined
  return addressOnSite(address, '') === undefined ? undefined : { label, address }
}
