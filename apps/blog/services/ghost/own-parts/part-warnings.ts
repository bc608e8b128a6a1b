/** Says where in a part something was left out, and why. */
export type Warn = (at: string, reason: string) => void

export interface PartWarnings {
  readonly warn: Warn
  list(): readonly string[]
}

const shown = 50

export function createPartWarnings(name: string): PartWarnings {
  const warnings: string[] = []
  let count = 0
  return {
    warn(at, reason) {
      count += 1
      if (count <= shown) warnings.push(`${name}, ${at}: ${reason}; it was left out.`)
    },
    list: () =>
      count > shown ? [...warnings, `${name}: ${count - shown} more were left out.`] : warnings,
  }
}
