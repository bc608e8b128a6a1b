import { z } from 'zod'
import { cardinalities } from '../../../services/graph/metamodel.ts'
import { relationName } from '../../../services/graph/names.ts'
import type { Metamodel, RelationDescription } from '../../../services/metamodel/list-metamodel.ts'
import type { Problem } from '../../../services/metamodel/problem.ts'
import type { RelationDraft } from '../../../services/metamodel/relation-draft.ts'
import { relationsUrl, relationUrl } from '../addresses.ts'
import { chooseFrom } from './choices.ts'
import { describeProblems, errorAt } from './describe-problems.ts'
import { manyTexts, text } from './form-values.ts'

export interface ShownRelation {
  readonly draft: RelationDraft
  /** As it is now; undefined for a new one. */
  readonly known: RelationDescription | undefined
  readonly problems: readonly Problem[]
}

const posted = z.object({
  slug: text,
  title: text,
  description: text,
  label: text,
  'inverse-label': text,
  symmetric: z.string().optional().catch(undefined),
  cardinality: text,
  anchor: manyTexts,
})

const cardinalityWords: Readonly<Record<(typeof cardinalities)[number], string>> = {
  'many-to-many': 'Any number, at both ends',
  'many-to-one': 'Each leads to one',
  'one-to-many': 'Each is led to by one',
  'one-to-one': 'One, at both ends',
}

export const blankRelation: RelationDraft = {
  slug: '',
  isNew: true,
  title: '',
  description: '',
  label: '',
  inverseLabel: '',
  isSymmetric: false,
  cardinality: 'many-to-many',
  anchors: [],
}

/** A relation that is there, as its form begins. */
export function draftOfRelation(known: RelationDescription): RelationDraft {
  const { slug, title, description, label, inverseLabel, isSymmetric, cardinality, anchors } = known
  return {
    slug,
    isNew: false,
    title,
    description,
    label,
    inverseLabel,
    isSymmetric,
    cardinality,
    anchors,
  }
}

export function readRelationForm(body: unknown, slug: string | undefined): RelationDraft {
  const form = posted.parse(body ?? {})
  return {
    slug: slug ?? form.slug,
    isNew: slug === undefined,
    title: form.title,
    description: form.description,
    label: form.label,
    inverseLabel: form['inverse-label'],
    isSymmetric: form.symmetric === 'on',
    cardinality: form.cardinality,
    anchors: form.anchor,
  }
}

export function describeRelationForm(
  { types }: Metamodel,
  { draft, known, problems }: ShownRelation,
): object {
  const shown = (place: string, value: string) => ({ value, error: errorAt(problems, place) })
  return {
    isNew: draft.isNew,
    heading: known?.title ?? 'New relation',
    action: known ? relationUrl(known.slug) : relationsUrl,
    isSeed: known?.isSeed ?? false,
    count: known?.edgeCount ?? 0,
    publicUrl: known ? `/${known.slug}/` : null,
    objectUrl: known ? `/admin/objects/${encodeURIComponent(relationName(known.slug))}/` : null,
    problems: describeProblems(problems),
    slug: shown('slug', draft.slug),
    title: shown('title', draft.title),
    description: shown('description', draft.description),
    label: shown('label', draft.label),
    inverseLabel: shown('inverse-label', draft.inverseLabel),
    isSymmetric: draft.isSymmetric,
    symmetricError: errorAt(problems, 'symmetric'),
    cardinalities: cardinalities.map((value) => ({
      value,
      label: cardinalityWords[value],
      isChosen: value === draft.cardinality,
    })),
    cardinalityError: errorAt(problems, 'cardinality'),
    anchors: chooseFrom(types, draft.anchors),
    anchorsError: errorAt(problems, 'anchors'),
  }
}
