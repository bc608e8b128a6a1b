import { UnavailableError } from '@rose-ash/shared/contracts/errors'

/** The process stops, or the work was called off. */
export class ExportInterruptedError extends UnavailableError {
  override name = 'ExportInterruptedError'
  constructor() {
    super('The export was interrupted. It can be made again.')
  }
}
