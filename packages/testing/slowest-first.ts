import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Kinds of tests that take long, the longest first; see the file names. */
const slow = [/\.browser\.test/, /\.redis\.test/, /local\/postgres\//, /\.db\.test/]

/** Starts what takes long first, so that at the end no worker waits for another. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const index = slow.findIndex((pattern) => pattern.test(moduleId))
  return index < 0 ? slow.length : index
}
