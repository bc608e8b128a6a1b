import { type ParsedTokenInfo, TokenType } from '@streamparser/json'
import { type ExportPlace, GhostFileError } from './import-error.ts'

interface Level {
  readonly isList: boolean
  /** The key in hand, in an object. */
  key: string
  /** The position in hand, in a list. */
  index: number
  expectsKey: boolean
}

/** Where the reader stands in an export, token by token. */
export interface JsonPlace {
  /** Before the bytes are parsed. */
  enter(chunk: Uint8Array): void
  /** Throws GhostFileError where a table is no list of objects. */
  see(token: ParsedTokenInfo): void
  /** Names the row in hand. Without `byte`, the place of the last token. */
  describe(byte?: number): ExportPlace
  /** Where the row began that has just been completed. */
  readonly rowStart: { readonly byte: number; readonly line: number }
  readonly tokenByte: number
  readonly bytesRead: number
}

/** More than any Ghost wrote, and little enough for the parser. */
const depthLimit = 64

/** What stands around the tables. */
const frame = new Set(['db', 'data', 'meta'])

const values: ReadonlySet<TokenType> = new Set([
  TokenType.LEFT_BRACE,
  TokenType.LEFT_BRACKET,
  TokenType.STRING,
  TokenType.NUMBER,
  TokenType.TRUE,
  TokenType.FALSE,
  TokenType.NULL,
])

/** `isTable` says which keys are tables that matter; the others are passed by unseen. */
export function createJsonPlace(
  isTable: (name: string) => boolean,
  onTable: (name: string) => void,
): JsonPlace {
  const levels: Level[] = []
  const lines = createLineCounter()
  let tokenByte = 0
  let rowStart = { byte: 0, line: 1 }

  const describe = (byte = tokenByte): ExportPlace => {
    const list = levels.findIndex((level, depth) => level.isList && tableAbove(levels, depth))
    const field = levels[list + 1]
    return {
      line: lines.at(byte),
      byte,
      ...(list > 0 && {
        table: tableAbove(levels, list),
        row: (levels[list]?.index ?? 0) + 1,
        ...(field && !field.isList && field.key !== '' && { field: field.key }),
      }),
    }
  }

  const seeValue = (token: TokenType) => {
    const table = tableAbove(levels, levels.length)
    if (table !== undefined && isTable(table)) {
      onTable(table)
      if (token !== TokenType.LEFT_BRACKET) {
        throw new GhostFileError('This is not a Ghost export: a table is not a list', {
          ...describe(),
          table,
        })
      }
    }
    const inside = tableAbove(levels, levels.length - 1)
    if (inside === undefined || !isTable(inside) || !levels.at(-1)?.isList) return
    if (token !== TokenType.LEFT_BRACE) {
      throw new GhostFileError('This is not a Ghost export: a row is not an object', describe())
    }
    rowStart = { byte: tokenByte, line: lines.at(tokenByte) }
  }

  return {
    enter: (chunk) => lines.enter(chunk),
    see({ token, value, offset }) {
      tokenByte = offset
      const level = levels.at(-1)
      if (token === TokenType.STRING && level?.expectsKey) {
        level.key = String(value)
        level.expectsKey = false
        return
      }
      if (values.has(token)) seeValue(token)
      if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
        if (levels.length >= depthLimit) {
          throw new GhostFileError('The file is nested too deeply for an export', describe())
        }
        const isList = token === TokenType.LEFT_BRACKET
        levels.push({ isList, key: '', index: 0, expectsKey: !isList })
      } else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) {
        levels.pop()
      } else if (token === TokenType.COMMA && level) {
        if (level.isList) level.index += 1
        else level.expectsKey = true
      }
    },
    describe,
    get rowStart() {
      return rowStart
    },
    get tokenByte() {
      return tokenByte
    },
    get bytesRead() {
      return lines.bytesRead
    },
  }
}

/** The table whose list lies at this depth: in `db[0].data`, in a bare `data`, or bare itself. */
function tableAbove(levels: readonly Level[], depth: number): string | undefined {
  const [first, second, third, fourth] = levels
  if (depth === 1 && first && !first.isList) return frame.has(first.key) ? undefined : first.key
  if (depth === 2 && first?.key === 'data' && second && !second.isList) return second.key
  const isFirst = first?.key === 'db' && second?.isList && second.index === 0
  return depth === 4 && isFirst && third?.key === 'data' ? fourth?.key : undefined
}

interface LineCounter {
  enter(chunk: Uint8Array): void
  at(byte: number): number
  readonly bytesRead: number
}

/** Counts lines up to a byte of the chunk in hand; asks for bytes only ever go forward. */
function createLineCounter(): LineCounter {
  let chunk: Uint8Array = new Uint8Array()
  let chunkStart = 0
  let counted = 0
  let line = 1
  const at = (byte: number) => {
    const end = Math.min(byte - chunkStart, chunk.length)
    for (let next = chunk.indexOf(10, counted); next !== -1 && next < end;) {
      line += 1
      counted = next + 1
      next = chunk.indexOf(10, counted)
    }
    return line
  }
  return {
    at,
    enter(next) {
      at(Number.POSITIVE_INFINITY)
      chunkStart += chunk.length
      chunk = next
      counted = 0
    },
    get bytesRead() {
      return chunkStart + chunk.length
    },
  }
}
