import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { BundledFiles } from '@rose-ash/editor/bundled-files'
import { wallTimeOf } from '@rose-ash/shared/infrastructure/view/wall-clock'
import { asc } from 'drizzle-orm'
import { type MetaData, tiers } from '../../../models/index.ts'
import { blankDocument, isDocument } from '../../../services/documents/lexical.ts'
import {
  describeEditor,
  type EditorDescription,
} from '../../../services/editing/describe-editor.ts'
import { describeObjects } from '../../../services/graph/describe-objects.ts'
import type { FieldProblem } from '../../../services/graph/field-values.ts'
import { type FieldSpec, widgetOf } from '../../../services/graph/metamodel.ts'
import { objectName, typeName } from '../../../services/graph/names.ts'
import type { Graph } from '../../../services/graph/open-graph.ts'
import { fieldsOfTypes, instancesOf, typesAbove } from '../../../services/graph/types-of.ts'
import { findSuggestions } from '../../../services/posts/form-names.ts'
import type { PostContent, PostRow } from '../../../services/posts/read-content.ts'
import type { Merge } from '../../../services/revisions/merge.ts'
import { objectUrl, postUrl } from '../addresses.ts'
import { metaFields } from './sent-form.ts'

export interface ShownPost {
  readonly id: string | undefined
  readonly type: 'post' | 'page'
  /** As it is stored; undefined for a new one. */
  readonly row: PostRow | undefined
  readonly content: PostContent
  readonly tagNames: readonly string[]
  readonly authorNames: readonly string[]
  readonly messages: readonly string[]
  readonly problems: readonly FieldProblem[]
  /** After two have changed it at once. */
  readonly merge:
    | (Pick<Merge, 'conflicts' | 'takenOver'> & {
        readonly version: number
        readonly seenVersion: number | null
      })
    | undefined
}

/** The kinds that are for the metamodel itself are no types for a post. */
const innerTypes = ['type', 'relation', 'tag']
const mostChoices = 500

export async function describeForm(
  graph: Graph,
  post: ShownPost,
  {
    timeZone,
    mayCode,
    files,
  }: { readonly timeZone: string; readonly mayCode: boolean; readonly files: BundledFiles },
): Promise<object> {
  const { content, row, merge } = post
  const slugs = graph.catalog.types.filter((slug) => !innerTypes.includes(slug))
  const described = await describeObjects(graph.database, slugs.map(typeName))
  const specs = fieldsOfTypes(graph, typesAbove(graph, content.types))
  const fields = []
  for (const spec of specs) fields.push(await describeField(graph, spec, post))
  const url = post.id ? postUrl(post.id) : `/admin/posts/new${post.type === 'page' ? '-page' : ''}`
  const version = merge?.version ?? row?.version ?? null
  return {
    action: url,
    id: post.id ?? null,
    newId: post.id ? null : randomUUID(),
    isPage: post.type === 'page',
    isTrashed: row?.status === 'trashed',
    // What is half written of a post that is out stays in the browser.
    autosaves: !row || row.status === 'draft',
    ...content,
    publicUrl: row?.status === 'published' ? `/${row.slug}/` : null,
    version,
    merge: merge ?? null,
    editor: describeBody(post, files),
    statuses: describeStatuses(post),
    publishAt: content.publishedAt ? wallTimeOf(new Date(content.publishedAt), timeZone) : '',
    timeZone: timeZone.replaceAll('_', ' '),
    visibilities: visibilities.map(([value, label]) => ({
      value,
      label,
      isChosen: value === content.visibility,
    })),
    tiers: await describeTiers(graph, content),
    tagNames: post.tagNames.join(', '),
    authorNames: post.authorNames.join(', '),
    suggestions: await findSuggestions(graph.database),
    metaInputs: Object.entries(metaFields).map(([name, key]) => ({
      id: name.replaceAll('_', '-'),
      name,
      label: metaLabels[key],
      type: 'text',
      hint: null,
      error: null,
      autocomplete: 'off',
      required: false,
      value: content.meta[key] ?? '',
    })),
    mayCode,
    types: slugs.map((slug) => ({
      slug,
      title: described.get(typeName(slug))?.title ?? slug,
      isChosen: content.types.includes(slug),
    })),
    fields,
    objectUrl: post.id ? objectUrl(objectName('post', post.id)) : null,
    messages: [...post.messages, ...post.problems.map(({ message }) => message)],
  }
}

const visibilities = [
  ['public', 'Everybody'],
  ['members', 'Members'],
  ['paid', 'Paying members'],
  ['tiers', 'Members of some tiers'],
] as const

const metaLabels: Readonly<Record<keyof MetaData, string>> = {
  metaTitle: 'Title in search results',
  metaDescription: 'Description in search results',
  ogTitle: 'Title when shared',
  ogDescription: 'Description when shared',
  ogImage: 'Picture when shared (address)',
  twitterTitle: 'Title on X',
  twitterDescription: 'Description on X',
  twitterImage: 'Picture on X (address)',
}

function describeStatuses({ content, row }: ShownPost) {
  const all = [
    ['draft', 'Draft', 'Only editors see it.'],
    ['scheduled', 'Scheduled', 'It comes out at the time below.'],
    ['published', 'Published', 'It is on the site.'],
  ] as const
  const sent = ['sent', 'Sent by mail', 'It went out as a newsletter and is on no page.'] as const
  return [...all, ...(row?.status === 'sent' || content.status === 'sent' ? [sent] : [])].map(
    ([value, label, hint]) => ({ value, label, hint, isChosen: value === content.status }),
  )
}

async function describeTiers(graph: Graph, { tiers: chosen }: PostContent) {
  const rows = await graph.database
    .select({ slug: tiers.slug, name: tiers.name })
    .from(tiers)
    .orderBy(asc(tiers.name))
    .limit(100)
  return rows.map((row) => ({ ...row, isChosen: chosen.includes(row.slug) }))
}

/** After a refusal or a merge the server does not have the text that is shown. */
function describeBody(post: ShownPost, files: BundledFiles): EditorDescription {
  const { id, row, content, merge } = post
  const version = merge?.version ?? row?.version ?? 0
  return describeEditor({
    document: isDocument(content.lexical) ? content.lexical : undefined,
    post: id ? { id, version } : undefined,
    files,
    isUnsaved: row
      ? !isDeepStrictEqual(row.lexical, content.lexical)
      : !isDeepStrictEqual(blankDocument, content.lexical),
  })
}

async function describeField(graph: Graph, spec: FieldSpec, { content, problems }: ShownPost) {
  const { name, label, valueType } = spec
  const value = content.fields[name]
  const widget = widgetOf(spec)
  return {
    id: `field-${name}`,
    name: `field-${name}`,
    label,
    widget,
    type: widget,
    isLong: widget === 'textarea',
    isBox: widget === 'checkbox',
    isChoice: widget === 'picker',
    value: typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    isOn: value === true || value === 'on',
    choices: valueType === 'Reference' ? await choicesOf(graph, spec, value) : [],
    hint: null,
    autocomplete: 'off',
    required: false,
    error: problems.find(({ field }) => field === name)?.message ?? null,
  }
}

async function choicesOf(graph: Graph, { target }: FieldSpec, value: unknown) {
  const described = await describeObjects(
    graph.database,
    instancesOf(graph, typeName(target ?? '')).slice(0, mostChoices),
  )
  return [...described.values()]
    .toSorted((one, other) => one.title.localeCompare(other.title))
    .map(({ name, title }) => ({ value: name, title, isChosen: name === value }))
}
