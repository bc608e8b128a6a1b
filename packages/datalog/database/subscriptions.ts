import type { AnyRow, Change } from '../contract.ts'
import type { Engine } from '../evaluate/engine.ts'
import { createView } from '../evaluate/search.ts'
import type { View } from '../evaluate/view.ts'
import type { Value } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
import { createMatcher, type Goals, shapeAnswers } from './goals.ts'
import type { RowShapes } from './rows.ts'

interface Subscription {
  readonly goals: Goals
  readonly tell: (change: Change) => void
  readonly matches: ((row: readonly Value[]) => boolean) | undefined
  /** Of a question that is more than one goal. */
  view: (View & { readonly answers: Relation }) | undefined
}

interface Notice {
  readonly subscription: Subscription
  readonly change: Change
}

/** Who is told of what. Nobody is told while a transaction is under way. */
export class Subscriptions {
  readonly #engine: Engine
  readonly #shapes: RowShapes
  readonly #onError: (error: unknown) => void
  readonly #all = new Set<Subscription>()
  readonly #notices: Notice[] = []
  #isTelling = false

  constructor(engine: Engine, shapes: RowShapes, onError: (error: unknown) => void) {
    this.#engine = engine
    this.#shapes = shapes
    this.#onError = onError
  }

  add(goals: Goals, tell: (change: Change) => void): () => void {
    const matches = isPlain(goals) && goals.atom ? createMatcher(goals.atom) : undefined
    const subscription: Subscription = { goals, tell, matches, view: undefined }
    if (!matches) this.#open(subscription)
    this.#all.add(subscription)
    return () => this.#end(subscription)
  }

  /** Within the commit, while the change can still be read. */
  collect(changed: readonly Relation[]): void {
    for (const subscription of this.#all) {
      const { goals, matches, view } = subscription
      const name = goals.atom?.relation
      const relation = matches ? changed.find((each) => each.name === name) : view?.answers
      if (!relation) continue
      const added = this.#rows(
        relation,
        relation.added.items.subarray(0, relation.added.length),
        subscription,
      )
      const removed = this.#rows(
        relation,
        relation.removed.items.subarray(0, relation.removed.length),
        subscription,
      )
      if (added.length + removed.length > 0)
        this.#notices.push({ subscription, change: { added, removed } })
    }
  }

  /** After the commit. What a subscriber writes is told after what is being told. */
  tell(): void {
    if (this.#isTelling) return
    this.#isTelling = true
    try {
      for (let notice = this.#notices.shift(); notice; notice = this.#notices.shift()) {
        if (!this.#all.has(notice.subscription)) continue
        try {
          notice.subscription.tell(notice.change)
        } catch (error) {
          this.#onError(error)
        }
      }
    } finally {
      this.#isTelling = false
    }
  }

  /** Runs a change of the rules, and tells what it made of each question. */
  acrossRules(change: () => void, answer: (goals: Goals) => readonly AnyRow[]): void {
    const before = [...this.#all].map((subscription) => ({
      subscription,
      rows: answer(subscription.goals),
    }))
    change()
    for (const { subscription, rows } of before) {
      if (subscription.view) {
        this.#engine.views.delete(subscription.view)
        this.#open(subscription)
      }
      const old = new Map(rows.map((row) => [JSON.stringify(row), row]))
      const now = new Map(answer(subscription.goals).map((row) => [JSON.stringify(row), row]))
      const added = [...now].flatMap(([key, row]) => (old.has(key) ? [] : [row]))
      const removed = [...old].flatMap(([key, row]) => (now.has(key) ? [] : [row]))
      if (added.length + removed.length > 0)
        this.#notices.push({ subscription, change: { added, removed } })
    }
  }

  #open(subscription: Subscription): void {
    const { body, names } = subscription.goals
    const { answers, network, normaliser } = createView(this.#engine, body, names)
    const onError = (error: unknown) => {
      this.#end(subscription)
      this.#onError(error)
    }
    subscription.view = { answers, network, constants: normaliser.constants, onError }
    this.#engine.views.add(subscription.view)
  }

  #end(subscription: Subscription): void {
    this.#all.delete(subscription)
    if (subscription.view) this.#engine.views.delete(subscription.view)
  }

  #rows(relation: Relation, rows: Int32Array, { goals, matches }: Subscription): AnyRow[] {
    const decoded = Array.from(rows, (row) => this.#engine.decodeRow(relation, row))
    return shapeAnswers(goals, this.#shapes, matches ? decoded.filter(matches) : decoded)
  }
}

/** One goal whose rows are its answers. */
function isPlain({ atom, isByName }: Goals): boolean {
  if (!atom) return false
  return !isByName || !atom.terms.some((term) => term.kind === 'variable' && term.name === '_')
}

/** As if nobody had caught it, but after everything that is under way. */
export function throwOutside(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
