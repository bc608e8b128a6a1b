import { isDeepStrictEqual } from 'node:util'
import { diff3Merge } from 'node-diff3'
import type { RevisionContent } from '../../models/index.ts'
import { isDocument, type LexicalDocument, type LexicalNode } from '../documents/lexical.ts'
import { blocksOf } from './block-text.ts'
import { contentLabels, wordsOf } from './compare.ts'

export type Side = 'mine' | 'theirs'

/** Something that both have changed, each in another way: somebody has to choose. */
export interface Conflict {
  /** `title`, or `body-0` for the first place in the body. */
  readonly name: string
  readonly label: string
  readonly mine: string
  readonly theirs: string
}

export interface Merge {
  readonly content: RevisionContent
  readonly conflicts: readonly Conflict[]
  /** What the other had changed and was taken over, by its label. */
  readonly takenOver: readonly string[]
}

export interface MergeInput {
  /** What both began with; undefined when that was not kept: then everything that differs is a conflict. */
  readonly base: RevisionContent | undefined
  readonly mine: RevisionContent
  readonly theirs: RevisionContent
  /** By the conflict's name; `mine` where nothing was chosen. */
  readonly choices: Readonly<Record<string, Side>>
}

/**
 * A three-way merge: of each field, and of each part of the body, what one of the two has changed is taken.
 * What both have changed is taken as `choices` say, and named as a conflict.
 */
export function merge({ base, mine, theirs, choices }: MergeInput): Merge {
  const conflicts: Conflict[] = []
  const takenOver: string[] = []
  const content: Record<string, unknown> = { ...mine }
  for (const [name, label] of contentLabels) {
    const [old, ours, other] = [base?.[name], mine[name], theirs[name]]
    if (isDeepStrictEqual(ours, other)) continue
    if (base && isDeepStrictEqual(other, old)) continue
    if (base && isDeepStrictEqual(ours, old)) {
      content[name] = other
      takenOver.push(label)
      continue
    }
    conflicts.push({ name, label, mine: wordsOf(ours), theirs: wordsOf(other) })
    if (choices[name] === 'theirs') content[name] = other
  }
  const body = mergeBodies({ base, mine, theirs, choices })
  return {
    content: { ...(content as unknown as RevisionContent), lexical: body.lexical },
    conflicts: [...conflicts, ...body.conflicts],
    takenOver: [...takenOver, ...(body.hasTakenOver ? ['Text'] : [])],
  }
}

function mergeBodies({ base, mine, theirs, choices }: MergeInput) {
  const [old, ours, other] = [base?.lexical, mine.lexical, theirs.lexical].map(blockTexts)
  const regions = diff3Merge(ours ?? [], old ?? [], other ?? [], { excludeFalseConflicts: true })
  const conflicts: Conflict[] = []
  const blocks: string[] = []
  for (const region of regions) {
    if (region.ok) {
      blocks.push(...region.ok)
      continue
    }
    const { a = [], b = [] } = region.conflict ?? {}
    const name = `body-${conflicts.length}`
    conflicts.push({ name, label: 'Text', mine: readable(a), theirs: readable(b) })
    blocks.push(...(choices[name] === 'theirs' ? b : a))
  }
  const isAsMine = isDeepStrictEqual(blocks, ours)
  return {
    conflicts,
    hasTakenOver: conflicts.length === 0 && !isAsMine,
    lexical: isAsMine ? mine.lexical : withBlocks(mine.lexical, blocks),
  }
}

function blockTexts(lexical: unknown): string[] {
  return blocksOf(lexical).map(({ json }) => json)
}

function withBlocks(lexical: unknown, blocks: readonly string[]): LexicalDocument {
  const root = isDocument(lexical) ? lexical.root : { type: 'root', version: 1 }
  return { root: { ...root, children: blocks.map((json): LexicalNode => JSON.parse(json)) } }
}

function readable(blocks: readonly string[]): string {
  const children = blocks.map((json): unknown => JSON.parse(json))
  return blocksOf({ root: { type: 'root', children } })
    .map(({ label, text }) => (text === '' ? `(${label})` : text))
    .join('\n\n')
}
