/** A load that went through: the value as JSON, and whether it was out of date before it was done. */
export interface Landing {
  readonly json: string
  readonly isOutdated: boolean
}

/** A load under way. It learns here what was invalidated since it began. */
export class Flight {
  readonly #invalidatedTags = new Set<string>()
  #isDeleted = false

  noteInvalidated(tags: readonly string[]): void {
    for (const tag of tags) this.#invalidatedTags.add(tag)
  }

  noteDeleted(): void {
    this.#isDeleted = true
  }

  isOutdated(tags: readonly string[]): boolean {
    return this.#isDeleted || tags.some((tag) => this.#invalidatedTags.has(tag))
  }
}

interface Departure {
  readonly flight: Flight
  readonly landing: Promise<Landing>
}

/** At most one load for a key at a time, however many ask. */
export class SingleFlight {
  readonly #departures = new Map<string, Departure>()

  isUnderWay(key: string): boolean {
    return this.#departures.has(key)
  }

  /**
   * Starts `load`, or joins the one under way. Who joined a load that turned out to be outdated may
   * have come after the change, so the load is repeated for them: their answer is never older than
   * their question.
   */
  async run(key: string, load: (flight: Flight) => Promise<Landing>): Promise<string> {
    const underWay = this.#departures.get(key)
    if (!underWay) return (await this.#depart(key, load)).json
    const landing = await underWay.landing
    if (!landing.isOutdated) return landing.json
    return (await (this.#departures.get(key)?.landing ?? this.#depart(key, load))).json
  }

  invalidateTags(tags: readonly string[]): void {
    for (const { flight } of this.#departures.values()) flight.noteInvalidated(tags)
  }

  delete(key: string): void {
    this.#departures.get(key)?.flight.noteDeleted()
    this.#departures.delete(key)
  }

  #depart(key: string, load: (flight: Flight) => Promise<Landing>): Promise<Landing> {
    const flight = new Flight()
    const landing = load(flight).finally(() => {
      if (this.#departures.get(key)?.flight === flight) this.#departures.delete(key)
    })
    this.#departures.set(key, { flight, landing })
    return landing
  }
}
