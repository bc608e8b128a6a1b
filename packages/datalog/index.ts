import type { DatalogOptions, Schema } from './contract.ts'
import { Database } from './database/database.ts'

/**
 * A new database. With a schema, relations and columns have names and types and only those of the schema and of
 * rules exist; without one, any relation does, and rows are arrays of values.
 */
export function datalog<const S extends Schema = Schema>(
  schema?: S,
  options: DatalogOptions = {},
): Database<S> {
  return new Database(schema, options)
}

export type * from './contract.ts'
export type { Database } from './database/database.ts'
export type { ExplainOptions, ReadableProof } from './database/explanations.ts'
export { describeProof, formatProof } from './explain/proof-text.ts'
export { checkText as checkProgram } from './language/check.ts'
export { DatalogError, describeProblem, type Problem, type ProblemCode } from './language/errors.ts'
export { formatClause, formatProgram, formatValue } from './language/format.ts'
export { parseProgram } from './language/parser.ts'
export type * from './language/syntax.ts'
export {
  aggregate,
  anything,
  type Argument,
  type Arguments,
  atom,
  type AtomMaker,
  calculate,
  compare,
  type Gathering,
  not,
  type Operand,
  relations,
  rule,
  variables,
} from './builder.ts'
