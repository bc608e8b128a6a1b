import Handlebars from 'handlebars'

type Statement = hbs.AST.Statement

/** What a partial is given, by name; undefined for what is not a word. */
export type Words = ReadonlyMap<string, string | undefined>

/** Blocks in which names mean what they mean around them. */
const sameScope: readonly string[] = ['if', 'unless']

/**
 * The body of a partial with words in the places of their names. Undefined when it does more with a name than show
 * it: asks whether it is there, gives it to a helper, or looks at it from inside a list.
 */
export function putWords(
  body: readonly Statement[],
  words: Words,
): readonly Statement[] | undefined {
  if (words.size === 0) return body
  const put = body.map((statement) => putInto(statement, words))
  return put.every((statement) => statement !== undefined) ? put : undefined
}

function putInto(statement: Statement, words: Words): Statement | undefined {
  const name = shownName(statement)
  if (name !== undefined && words.has(name)) {
    const word = words.get(name)
    return word === undefined ? undefined : wordStatement(statement, word)
  }
  const block = sameScopeBlock(statement)
  if (!block) return mentions(statement, words) ? undefined : statement
  if (block.params.some((param) => mentions(param, words))) return undefined
  const program = putIntoProgram(block.program, words)
  const inverse = putIntoProgram(block.inverse, words)
  if (program === undefined || inverse === undefined) return undefined
  return { ...block, program, inverse } as hbs.AST.BlockStatement
}

/** Null where there is no such part. */
function putIntoProgram(
  program: hbs.AST.Program | undefined,
  words: Words,
): hbs.AST.Program | null | undefined {
  if (!program) return null
  const body = putWords(program.body, words)
  return body && { ...program, body: [...body] }
}

/** The name in `{{name}}`, which is shown escaped. */
function shownName(statement: Statement): string | undefined {
  if (statement.type !== 'MustacheStatement') return undefined
  const { path, params, escaped } = statement as hbs.AST.MustacheStatement
  if (path.type !== 'PathExpression' || params.length > 0 || !escaped) return undefined
  const { original, data } = path as hbs.AST.PathExpression
  return data ? undefined : original
}

function sameScopeBlock(statement: Statement): hbs.AST.BlockStatement | undefined {
  if (statement.type !== 'BlockStatement') return undefined
  const block = statement as hbs.AST.BlockStatement
  return sameScope.includes(block.path.original) ? block : undefined
}

/** Whether any name in there is one of the words, wherever it is looked at from. */
function mentions(node: hbs.AST.Node, words: Words): boolean {
  let isMentioned = false
  class Finder extends Handlebars.Visitor {
    override PathExpression({ parts, data }: hbs.AST.PathExpression): void {
      if (!data && parts[0] !== undefined && words.has(parts[0])) isMentioned = true
    }
    /** It sees all that its caller sees. */
    override PartialStatement(): void {
      isMentioned = true
    }
    override PartialBlockStatement(): void {
      isMentioned = true
    }
  }
  new Finder().accept(node)
  return isMentioned
}

function wordStatement({ loc }: Statement, word: string): Statement {
  const value = Handlebars.escapeExpression(word)
  return { type: 'ContentStatement', value, loc } as hbs.AST.ContentStatement
}
