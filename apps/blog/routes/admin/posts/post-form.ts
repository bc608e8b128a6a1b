import { parseWallTime } from '@rose-ash/shared/infrastructure/view/wall-clock'
import type { MetaData } from '../../../models/index.ts'
import {
  blankDocument,
  findDocument,
  type LexicalDocument,
} from '../../../services/documents/lexical.ts'
import { sanitise } from '../../../services/documents/sanitise.ts'
import { ownImage, webAddress } from '../../../services/ghost/addresses.ts'
import { findMarkdown, markdownDocument } from '../../../services/graph/markdown-body.ts'
import { readPageCode } from '../../../services/posts/page-code.ts'
import { blankContent, type PostContent } from '../../../services/posts/read-content.ts'
import { metaFields, type SentForm } from './sent-form.ts'
import { splitNames } from './split-names.ts'

export interface ReadForm {
  readonly content: PostContent
  /** Undefined when the body stays as it is. */
  readonly document: LexicalDocument | undefined
  /** Names as they were typed; undefined when the form has no such field. */
  readonly tagNames: readonly string[] | undefined
  readonly authorNames: readonly string[] | undefined
  readonly messages: readonly string[]
}

/** Lays what was sent over what is known. `mayCode` tells whether code of the page's own is taken. */
export function readForm(
  sent: SentForm,
  {
    known,
    timeZone,
    mayCode,
  }: {
    readonly known: PostContent | undefined
    readonly timeZone: string
    readonly mayCode: boolean
  },
): ReadForm {
  const base: PostContent = known ?? { ...blankContent, lexical: blankDocument }
  const messages: string[] = []
  const document = readBody(sent, known, messages)
  const publishedAt = readTime(sent, { base, timeZone, messages })
  const isOn = (name: string, before: boolean) =>
    sent[name] === undefined && !sent.whole ? before : sent[name] === 'on'
  return {
    document,
    tagNames: sent.tags === undefined ? undefined : splitNames(sent.tags),
    authorNames: sent.authors === undefined ? undefined : splitNames(sent.authors),
    messages,
    content: {
      ...base,
      title: sent.title ?? base.title,
      slug: sent.slug?.trim() ?? base.slug,
      lexical: document ?? base.lexical,
      status: sent.status ?? base.status,
      publishedAt,
      visibility: sent.visibility ?? base.visibility,
      tiers: sent.whole ? (sent.tier ?? []).toSorted() : base.tiers,
      customExcerpt: kept(sent.summary, base.customExcerpt),
      featured: isOn('featured', base.featured),
      takesComments: isOn('comments', base.takesComments),
      ...readPicture(sent, base, messages),
      canonicalUrl: readAddress(sent.canonical, base.canonicalUrl, messages),
      language: readLanguage(sent.language, base.language, messages),
      meta: readMeta(sent, base.meta),
      ...(mayCode && readCode(sent, base, messages)),
      types: sent.whole || sent.type ? (sent.type ?? []) : base.types,
      fields: readFieldTexts(sent, base.fields),
    },
  }
}

/** An empty field is none. */
function kept(sent: string | undefined, before: string | null): string | null {
  if (sent === undefined) return before
  return sent.replaceAll('\r\n', '\n').trim() || null
}

/** The editor's document if it has changed something; else the Markdown, if the body is Markdown. */
function readBody(
  { lexical, markdown }: SentForm,
  known: PostContent | undefined,
  messages: string[],
): LexicalDocument | undefined {
  if (lexical) {
    const document = findDocument(lexical)
    if (!document) messages.push('The text did not arrive whole. Please save again.')
    return document
  }
  if (markdown === undefined) return known ? undefined : blankDocument
  const before = known ? findMarkdown(known.lexical) : ''
  const now = markdown.replaceAll('\r\n', '\n')
  // A body that was written elsewhere is not replaced by an empty field.
  if (known && (before === undefined || before === now)) return undefined
  return now === '' ? blankDocument : markdownDocument(now)
}

function readTime(
  { publish_at: wall }: SentForm,
  {
    base,
    timeZone,
    messages,
  }: { readonly base: PostContent; readonly timeZone: string; readonly messages: string[] },
): string | null {
  if (wall === undefined) return base.publishedAt
  if (wall.trim() === '') return null
  const instant = parseWallTime(wall.trim(), timeZone)
  if (!instant) {
    messages.push('The time of publication is a day and a time, such as 2026-05-01 09:30.')
    return base.publishedAt
  }
  // The field shows minutes; the seconds of a time that was not touched stay.
  const before = base.publishedAt ? Date.parse(base.publishedAt) : Number.NaN
  return Math.floor(before / 60_000) === Math.floor(instant.getTime() / 60_000)
    ? base.publishedAt
    : instant.toISOString()
}

function readPicture(sent: SentForm, base: PostContent, messages: string[]) {
  const picture = kept(sent.image, base.featureImage)
  const isOwn = picture === base.featureImage || picture === null || ownImage(picture) !== null
  if (!isOwn) messages.push('The picture is one of this site: its address begins with /content/.')
  return {
    featureImage: isOwn ? picture : base.featureImage,
    featureImageAlt: kept(sent.image_alt, base.featureImageAlt),
    featureImageCaption: safeCaption(kept(sent.image_caption, base.featureImageCaption)),
  }
}

function safeCaption(html: string | null): string | null {
  return html && (sanitise(html) || null)
}

function readAddress(
  sent: string | undefined,
  before: string | null,
  messages: string[],
): string | null {
  const address = kept(sent, before)
  if (address === before || address === null) return address
  if (webAddress(address)) return address
  messages.push('“First published at” is an address that begins with https://.')
  return before
}

/** What would be left out of the page is said when it is saved. */
function readCode(sent: SentForm, base: PostContent, messages: string[]) {
  const codeHead = kept(sent.code_head, base.codeHead)
  const codeFoot = kept(sent.code_foot, base.codeFoot)
  if (codeHead !== base.codeHead) messages.push(...readPageCode(codeHead ?? '', 'head').refused)
  if (codeFoot !== base.codeFoot) messages.push(...readPageCode(codeFoot ?? '', 'foot').refused)
  return { codeHead, codeFoot }
}

function readLanguage(
  sent: string | undefined,
  before: string | null,
  messages: string[],
): string | null {
  const language = kept(sent, before)
  if (language === null || language === before) return language
  try {
    return Intl.getCanonicalLocales(language)[0] ?? null
  } catch {
    messages.push(`“${language}” is no language; write it like en or da-DK.`)
    return before
  }
}

function readMeta(sent: SentForm, before: MetaData): MetaData {
  const entries = Object.entries(metaFields).flatMap(([field, name]) => {
    const value = sent[field]
    const now = typeof value === 'string' ? kept(value.slice(0, 2000), null) : before[name]
    return now ? [[name, now]] : []
  })
  return Object.fromEntries(entries)
}

/** As they were sent: the types say what they mean. */
function readFieldTexts(sent: SentForm, before: PostContent['fields']): PostContent['fields'] {
  const given = Object.entries(sent).flatMap(([name, value]) =>
    name.startsWith('field-') && typeof value === 'string'
      ? [[name.slice('field-'.length), value] as const]
      : [],
  )
  const boxes = Object.entries(before).filter(([, value]) => typeof value === 'boolean')
  const off = sent.whole ? boxes.map(([name]) => [name, false] as const) : []
  return { ...before, ...Object.fromEntries(off), ...Object.fromEntries(given) }
}
