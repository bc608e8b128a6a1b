import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { readBody } from '../documents/body.ts'
import type { GhostPackages } from '../documents/ghost-packages.ts'
import { blankDocument } from '../documents/lexical.ts'
import { publicTextOf } from '../documents/plaintext.ts'
import type { DocumentRenderer, RenderedDocument } from '../documents/render.ts'
import { typeName } from '../documents/unknown-nodes.ts'
import { renameMedia } from './addresses.ts'
import { cleanParsed } from './clean-text.ts'
import {
  type ExportedPost,
  mediaOfPost,
  mediaOfRow,
  originalBody,
  outsideImages,
  type PostRecord,
  postRecord,
} from './post-record.ts'

/** A post ready to be stored, made outside of any transaction. */
export interface PreparedPost {
  readonly post: ExportedPost
  readonly record: PostRecord
  readonly body: Pick<RenderedDocument, 'lexical' | 'html' | 'plaintext' | 'readingMinutes'> & {
    readonly publicText: string
  }
  /** Without the post's name. */
  readonly warnings: readonly string[]
}

export interface Tools {
  readonly packages: GhostPackages
  readonly renderer: DocumentRenderer
}

export interface Workshop {
  /** Made when the first post needs them: an import that changes nothing never does. */
  readonly tools: () => Promise<Tools>
  /** Files that had to be stored under another name. */
  readonly renamed: ReadonlyMap<string, string>
  /** Brings files of the site that are not here yet; may add to `renamed`. */
  bring?(paths: readonly string[]): Promise<void>
  /** What else an editor should know of a post that is taken over. */
  notesOn?(post: ExportedPost): readonly string[]
  /** Those of the paths that are not in the media folder. */
  findMissing(paths: readonly string[]): Promise<readonly string[]>
}

/** Renders the body and says what of the post could not be taken over. */
export async function preparePost(post: ExportedPost, workshop: Workshop): Promise<PreparedPost> {
  // Rendering takes milliseconds of CPU; the server answers others in between.
  await yieldToOthers()
  await workshop.bring?.(mediaOfRow(post))
  const record = renamed(postRecord(post), workshop)
  const { body, warnings, extra } = await renderBody(post, workshop)
  const missing = await workshop.findMissing(mediaOfPost(record, body.html))
  const outside = outsideImages(post)
  const all = [
    ...(workshop.notesOn?.(post) ?? []),
    ...warnings,
    ...(missing.length > 0 ? [`files it names are missing: ${list(missing)}`] : []),
    ...(outside.length > 0
      ? [`pictures on other sites were not taken over: ${list(outside)}`]
      : []),
  ]
  return {
    post,
    record: { ...record, sourceExtra: { ...record.sourceExtra, ...extra } },
    body: { ...body, publicText: publicTextOf(body.html, record.visibility ?? 'public') },
    warnings: all,
  }
}

async function renderBody({ row }: ExportedPost, { tools, renamed: names }: Workshop) {
  const { packages, renderer } = await tools()
  const { document, format, warnings } = readBody(
    {
      lexical: row.lexical && renameMedia(row.lexical, names),
      mobiledoc: row.mobiledoc && renameMedia(row.mobiledoc, names),
      html: row.html && renameMedia(row.html, names),
    },
    packages,
  )
  const extra = originalBody(row, format)
  try {
    const { unknownNodes, ...body } = await renderer.render(cleanParsed(document))
    if (unknownNodes.length === 0) return { body, warnings, extra }
    const types = new Set(unknownNodes.map(typeName))
    return {
      body,
      warnings: [
        ...warnings,
        `parts of a kind not known here were kept aside: ${list([...types])}`,
      ],
      extra: { ...extra, unknownNodes: cleanParsed(unknownNodes) },
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const { unknownNodes: _none, ...body } = await renderFallback(row.html, { packages, renderer })
    return {
      body,
      warnings: [
        ...warnings,
        `its text could not be rendered and was read from its HTML (${reason})`,
      ],
      extra: { ...extra, ...originalBody(row, 'none') },
    }
  }
}

function renderFallback(
  html: string | null | undefined,
  { packages, renderer }: Tools,
): Promise<RenderedDocument> {
  const { document } = readBody({ html }, packages)
  return renderer.render(document).catch(() => renderer.render(blankDocument))
}

function renamed(record: PostRecord, { renamed: names }: Workshop): PostRecord {
  if (names.size === 0) return record
  const featureImage = record.featureImage && renameMedia(record.featureImage, names)
  const meta = JSON.parse(renameMedia(JSON.stringify(record.meta ?? {}), names))
  return { ...record, featureImage: featureImage ?? null, meta }
}

function list(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(', ')
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown
}
