import type { Problem } from '../../../services/metamodel/problem.ts'
import { adminUrlOf } from '../addresses.ts'

export interface ShownProblem {
  readonly message: string
  /** Of the input that it is about, on this page. */
  readonly inputUrl: string | null
  readonly affected: readonly { readonly title: string; readonly url: string }[]
  readonly moreCount: number
}

export function describeProblems(problems: readonly Problem[]): readonly ShownProblem[] {
  return problems.map(({ message, place, affected }) => ({
    message,
    inputUrl: place === null ? null : `#${place}`,
    affected: (affected?.objects ?? []).map((object) => ({
      title: object.title,
      url: adminUrlOf(object),
    })),
    moreCount: affected?.moreCount ?? 0,
  }))
}

/** What to say beside an input; null when it is all right. */
export function errorAt(problems: readonly Problem[], place: string): string | null {
  const messages = problems.filter((problem) => problem.place === place)
  return messages.length === 0 ? null : messages.map(({ message }) => message).join(' ')
}

/** What to say below a row of inputs. */
export function errorOfRow(problems: readonly Problem[], places: readonly string[]): string | null {
  const messages = places.map((place) => errorAt(problems, place)).filter((error) => error !== null)
  return messages.length === 0 ? null : messages.join(' ')
}
