import type { AnyRow, Delta } from '../contract.ts'
import { rowValues, sortRows } from '../session/rows.ts'
import { writeFact } from '../session/write.ts'
import type { Paint } from './paint.ts'

/** The net change, one fact a line with its sign. At most `limit` facts of each sign. */
export function showDelta(
  { added, removed }: Delta,
  { paint, limit }: { paint: Paint; limit: number },
): string {
  const lines = [
    ...signed(removed, { sign: '-', limit, colour: paint.bad }),
    ...signed(added, { sign: '+', limit, colour: paint.good }),
  ]
  return lines.length === 0 ? paint.faint('nothing changed') : lines.join('\n')
}

function signed(
  relations: Readonly<Record<string, readonly AnyRow[]>>,
  { sign, limit, colour }: { sign: string; limit: number; colour: (text: string) => string },
): readonly string[] {
  const facts = Object.keys(relations)
    .toSorted()
    .flatMap((relation) =>
      sortRows((relations[relation] ?? []).map(rowValues)).map((row) => ({ relation, row })),
    )
  const lines = facts.slice(0, limit).map((fact) => colour(`${sign} ${writeFact(fact)}`))
  const rest = facts.length - lines.length
  return rest > 0 ? [...lines, colour(`${sign} … and ${rest} more`)] : lines
}
