/** Something to wait for. A ring that nobody waited for is remembered, several count as one. */
export class Alarm {
  #hasRung = false
  #wake: (() => void) | undefined

  ring(): void {
    this.#hasRung = true
    this.#wake?.()
  }

  /** Ends at the next ring, at once when there was one since the last wait, or after `seconds`. */
  async wait(seconds: number): Promise<void> {
    if (!this.#hasRung) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      const timer = setTimeout(resolve, seconds * 1000)
      await promise
      clearTimeout(timer)
      this.#wake = undefined
    }
    this.#hasRung = false
  }
}
