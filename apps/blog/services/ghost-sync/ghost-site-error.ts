import { PlatformError } from '@rose-ash/shared/contracts/errors'

export type GhostSiteReason =
  | 'bad-address'
  | 'bad-key'
  | 'forbidden'
  | 'missing'
  | 'unreachable'
  | 'busy'
  | 'not-ghost'

/** A Ghost site did not give what it was asked for. The message is a sentence for an editor. */
export class GhostSiteError extends PlatformError {
  override name = 'GhostSiteError'
  override readonly status = 422
  readonly reason: GhostSiteReason

  constructor(reason: GhostSiteReason, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.reason = reason
  }

  /** Whether it may go better without anybody doing anything. */
  get isPassing(): boolean {
    return this.reason === 'unreachable' || this.reason === 'busy'
  }
}
