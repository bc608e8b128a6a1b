import { sql } from 'drizzle-orm'
import { type Database, media } from '../../models/index.ts'
import { escapeHtml } from '../documents/escape.ts'

/** Of one text. Those after them come without: a page must not grow heavy by what makes it seem light. */
const most = 20

const ownPicture = /<img\b(?=\s)[^<>]*?\ssrc="(\/content\/images\/[^"<>]+)"/g

/** Gives pictures in a text what site.js shows until they have come. A text without pictures of ours costs nothing. */
export function createPictureBlur(database: Database): (html: string) => Promise<string> {
  const found = database
    .select({ path: media.path, placeholder: media.placeholder })
    .from(media)
    .where(
      sql`${media.path} = any(${sql.placeholder('paths')}) and ${media.placeholder} is not null`,
    )
    .prepare('blog_picture_blur')

  return async (html) => {
    const paths = [...html.matchAll(ownPicture)].map(([, path = '']) => path).slice(0, most)
    if (paths.length === 0) return html
    const rows = await found.execute({ paths: [...new Set(paths)] })
    const byPath = new Map(rows.map(({ path, placeholder }) => [path, placeholder]))
    if (byPath.size === 0) return html
    return html.replaceAll(ownPicture, (tag, path: string) => {
      const blur = byPath.get(path)
      return blur ? `<img data-blur="${escapeHtml(blur)}"${tag.slice('<img'.length)}` : tag
    })
  }
}
