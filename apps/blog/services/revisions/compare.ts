import { diffArrays, diffWordsWithSpace } from 'diff'
import type { RevisionContent } from '../../models/index.ts'
import { type Block, blocksOf } from './block-text.ts'

export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

export interface BlockChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'same'
  readonly label: string
  /** Empty for `same`, which stands for `count` parts that stayed. */
  readonly parts: readonly DiffPart[]
  readonly count: number
}

export interface FieldChange {
  readonly label: string
  readonly parts: readonly DiffPart[]
}

/** What differs between two versions of a post, to be read by people. */
export interface Comparison {
  readonly fields: readonly FieldChange[]
  readonly blocks: readonly BlockChange[]
}

export const contentLabels: readonly (readonly [keyof RevisionContent, string])[] = [
  ['title', 'Title'],
  ['slug', 'Address'],
  ['status', 'Status'],
  ['publishedAt', 'Published'],
  ['visibility', 'Who may read it'],
  ['tiers', 'Tiers'],
  ['customExcerpt', 'Summary'],
  ['featured', 'Featured'],
  ['featureImage', 'Picture'],
  ['featureImageAlt', 'Picture in words'],
  ['featureImageCaption', 'Under the picture'],
  ['tags', 'Tags'],
  ['authors', 'Authors'],
  ['types', 'What it is'],
  ['fields', 'Fields'],
  ['meta', 'For search and sharing'],
  ['canonicalUrl', 'First published at'],
  ['language', 'Language'],
  ['takesComments', 'Comments'],
  ['codeHead', 'Code in the head'],
  ['codeFoot', 'Code at the end'],
]

/** Words are compared in texts of up to this many characters; longer ones only as a whole. */
const longestCompared = 50_000

export function compare(before: RevisionContent, after: RevisionContent): Comparison {
  const fields = contentLabels.flatMap(([name, label]) => {
    const [old, now] = [wordsOf(before[name]), wordsOf(after[name])]
    return old === now ? [] : [{ label, parts: diffWords(old, now) }]
  })
  return { fields, blocks: compareBlocks(blocksOf(before.lexical), blocksOf(after.lexical)) }
}

/** A value as a person would read it. */
export function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, one]) => `${name}: ${wordsOf(one)}`)
      .join('\n')
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function compareBlocks(before: readonly Block[], after: readonly Block[]): readonly BlockChange[] {
  const runs = diffArrays([...before], [...after], {
    comparator: (one, other) => one.json === other.json,
  })
  const changes: BlockChange[] = []
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index]
    const next = runs[index + 1]
    if (!run) break
    if (run.removed && next?.added) {
      changes.push(...pairUp(run.value, next.value))
      index += 1
    } else if (run.removed) changes.push(...run.value.map((block) => whole('removed', block)))
    else if (run.added) changes.push(...run.value.map((block) => whole('added', block)))
    else changes.push({ kind: 'same', label: '', parts: [], count: run.value.length })
  }
  return changes
}

/** Of parts that went and parts that came in their place, those of one kind are taken as changed. */
function pairUp(removed: readonly Block[], added: readonly Block[]): readonly BlockChange[] {
  const changes: BlockChange[] = []
  for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
    const [old, now] = [removed[index], added[index]]
    if (old && now && old.label === now.label) {
      const parts = diffWords(old.text, now.text)
      changes.push({ kind: 'changed', label: now.label, parts, count: 1 })
    } else {
      if (old) changes.push(whole('removed', old))
      if (now) changes.push(whole('added', now))
    }
  }
  return changes
}

function whole(kind: 'added' | 'removed', { label, text }: Block): BlockChange {
  return { kind, label, parts: [{ kind, text }], count: 1 }
}

function diffWords(before: string, after: string): readonly DiffPart[] {
  if (before.length + after.length > longestCompared) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  }
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}
