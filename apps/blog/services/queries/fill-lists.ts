import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import type { GraphAccess } from '../graph/open-graph.ts'
import { rowOf } from './list-changes.ts'
import { fillListMarks, findListMarks } from './list-marks.ts'
import { createListReader, type ReadList } from './list-reader.ts'

interface Options {
  readonly graph: GraphAccess
  readonly render: Render
}

/** Puts lists where a text has their marks. A text without marks costs nothing. */
export function createListFiller({ graph, render }: Options): (html: string) => Promise<string> {
  const lists = createListReader(graph)
  return async (html) => {
    const filled = new Map<string, string>()
    for (const slug of findListMarks(html)) {
      const list = await lists.find(slug, 'everybody')
      if (list) filled.set(slug, render('partials/live-list', describeList(list)))
    }
    return fillListMarks(html, filled)
  }
}

/** As `partials/live-list.hbs` shows it. */
export function describeList({ query, entries, problem }: ReadList): object {
  return {
    title: query.title,
    events: `/lists/${query.slug}/events`,
    rows: entries.map(rowOf),
    count: entries.length,
    problem,
    // Of a list that is not for everybody nobody is told.
    isLive: query.isPublic,
  }
}
