/** Asks one thing. */
export type Ask<Question, Answer> = (question: Question) => Promise<Answer>

export interface BatchOptions<Question, Answer> {
  /** Gives the answers in the order of the questions, or fails for all of them. */
  readonly askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>
  /** Questions that share a key never go together. Default: all may. */
  readonly keysOf?: (question: Question) => readonly string[]
  /** Whether the questions of a batch that failed should be asked again, each by itself. */
  readonly isOneToBlame?: (error: unknown) => boolean
}

interface Waiting<Question, Answer> {
  readonly question: Question
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** A batch that waits for a lock does not hold up everybody: after that long the next one may go. */
const patienceMilliseconds = 200
const mostTogether = 64

/**
 * What is asked while others are on their way is asked together once one of them is back: a single
 * question goes at once, and under load a trip to the database is shared. Nobody is answered before
 * the whole trip is done.
 */
export function createBatches<Question, Answer>(
  options: BatchOptions<Question, Answer>,
): Ask<Question, Answer> {
  const { askAll, keysOf, isOneToBlame = () => false } = options
  let waiting: Waiting<Question, Answer>[] = []
  let isUnderWay = false

  function start(): void {
    if (isUnderWay || waiting.length === 0) return
    const { batch, rest } = keysOf ? splitByKey(waiting, keysOf) : splitByCount(waiting)
    waiting = rest
    isUnderWay = true
    let isCounted = true
    const release = () => {
      if (!isCounted) return
      isCounted = false
      isUnderWay = false
      start()
    }
    const timer = setTimeout(release, patienceMilliseconds)
    void ask(batch).then(() => {
      clearTimeout(timer)
      release()
    })
  }

  async function ask(batch: readonly Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await askAll(batch.map(({ question }) => question))
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index]!)
    } catch (error) {
      if (batch.length > 1 && isOneToBlame(error)) await Promise.all(batch.map((one) => ask([one])))
      else for (const { reject } of batch) reject(error)
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      // After what has arrived on other sockets was looked at: whoever asks in this turn comes along.
      if (waiting.length === 1) setImmediate(start)
    })
}

function splitByCount<Item>(items: readonly Item[]) {
  return { batch: items.slice(0, mostTogether), rest: items.slice(mostTogether) }
}

function splitByKey<Question, Answer>(
  items: readonly Waiting<Question, Answer>[],
  keysOf: (question: Question) => readonly string[],
) {
  const taken = new Set<string>()
  const batch: Waiting<Question, Answer>[] = []
  const rest: Waiting<Question, Answer>[] = []
  for (const item of items) {
    const keys = keysOf(item.question)
    if (batch.length < mostTogether && !keys.some((key) => taken.has(key))) {
      batch.push(item)
      for (const key of keys) taken.add(key)
    } else rest.push(item)
  }
  return { batch, rest }
}
