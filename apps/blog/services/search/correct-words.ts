import { sql } from 'drizzle-orm'
import type { Database } from '../../models/index.ts'
import { wordsIn } from './read-words.ts'

/** Words of a question that are looked at. */
const mostWords = 8

/**
 * The question with each word that is in no text replaced by the nearest one that is; undefined when there is
 * nothing to replace. Nearness is that of trigrams (pg_trgm).
 */
export async function correctWords(database: Database, text: string): Promise<string | undefined> {
  const words = [...new Set(wordsIn(text))].filter((word) => word.length > 2).slice(0, mostWords)
  if (words.length === 0) return undefined
  const { rows } = await database.execute<{ wanted: string; nearest: string | null }>(sql`
    select wanted, (
      select word from search_words
      where word % wanted
      order by similarity(word, wanted) desc, post_count desc
      limit 1
    ) as nearest
    from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) as asked (wanted)
    where not exists (select 1 from search_words where word = wanted)`)
  const nearest = new Map(rows.flatMap((row) => (row.nearest ? [[row.wanted, row.nearest]] : [])))
  if (nearest.size === 0) return undefined
  return text.replaceAll(/[\p{L}\p{N}]+/gu, (word) => nearest.get(word.toLowerCase()) ?? word)
}
