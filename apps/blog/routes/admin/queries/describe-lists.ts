import { setImmediate } from 'node:timers/promises'
import type { Graph } from '../../../services/graph/open-graph.ts'
import { listQueries, type SavedQuery } from '../../../services/queries/saved-query.ts'
import { countObjects } from './try-query.ts'

export interface DescribedList extends Pick<SavedQuery, 'slug' | 'title' | 'isPublic'> {
  readonly url: string
  readonly editUrl: string
  /** How many objects it has, in words. */
  readonly size: string
}

/** All lists together may take so long to count. */
const countingMilliseconds = 1000

/** Every list with the number of objects that it has now. Others are served between one and the next. */
export async function describeLists(graph: Graph): Promise<readonly DescribedList[]> {
  const described: DescribedList[] = []
  let spent = 0
  for (const { slug, title, isPublic, text } of await listQueries(graph.store)) {
    await setImmediate()
    const start = performance.now()
    const size = spent > countingMilliseconds ? 'not counted' : sizeOf(countObjects(graph, text))
    spent += performance.now() - start
    const [url, editUrl] = [`/lists/${slug}/`, `/admin/queries/${slug}`]
    described.push({ slug, title, isPublic, url, editUrl, size })
  }
  return described
}

function sizeOf(count: number | undefined): string {
  if (count === undefined) return 'cannot be worked out'
  return `${count} ${count === 1 ? 'entry' : 'entries'}`
}
