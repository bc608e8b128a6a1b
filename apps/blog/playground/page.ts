/// <reference lib="dom" />
import type { Problem } from '@rose-ash/datalog'
import type { Fact } from '@rose-ash/datalog/session/facts'
import { writeFact } from '@rose-ash/datalog/session/write'
import type { Editor } from './editor.ts'
import { element, find } from './elements.ts'
import type { EngineClient } from './engine-client.ts'
import type { Outcome, Task } from './protocol.ts'
import { showDelta } from './show-delta.ts'
import { counted, showAnswers, showEvaluation } from './show-evaluation.ts'
import { showProblems } from './show-problems.ts'
import { showProof, showWhyNot } from './show-proof.ts'

/** What the page does when somebody presses something. */
export interface Playground {
  /** Begins anew with the text of the editor; one run at a time, and the last one counts. */
  run(): Promise<void>
  ask(): Promise<void>
  change(sign: '+' | '-'): Promise<void>
  undo(): Promise<void>
  whyFact(): Promise<void>
  say(text: string): void
}

export function createPlayground(editor: Editor, client: EngineClient): Playground {
  const parts = {
    status: find('p', 'status'),
    problems: find('ol', 'problems'),
    results: find('div', 'results'),
    stale: find('p', 'stale'),
    question: find('input', 'question'),
    answers: find('div', 'answers'),
    fact: find('input', 'fact'),
    factProblems: find('ol', 'fact-problems'),
    delta: find('div', 'delta'),
    whyHere: find('div', 'why-here'),
    undo: find('button', 'undo'),
  }
  let changes: NonNullable<Outcome['changes']> = []
  let isRunning = false
  let isRunAgainWanted = false

  function say(text: string): void {
    parts.status.textContent = text
  }

  /** Undefined when it was stopped, or is a fault of ours. */
  async function perform(task: Task): Promise<Outcome | undefined> {
    try {
      const outcome = await client.do(task)
      if (!outcome) say('Stopped.')
      return outcome
    } catch (error) {
      say(error instanceof Error ? error.message : 'Something went wrong.')
      return undefined
    }
  }

  function showProgramProblems(problems: readonly Problem[]): void {
    editor.mark(problems)
    parts.problems.replaceChildren(...showProblems(problems, (problem) => editor.show(problem)))
  }

  function show(outcome: Outcome): void {
    const { evaluation, question } = outcome
    if (evaluation) {
      parts.results.replaceChildren(
        ...showEvaluation(evaluation, (fact, box) => void chooseFact(fact, box)),
      )
    }
    if (question) {
      const { answers, problems } = question
      parts.answers.replaceChildren(
        ...(answers ? showAnswers(answers) : []),
        ...(problems.length > 0
          ? [element('ol', { class: 'problems', role: 'list' }, ...showProblems(problems))]
          : []),
      )
    }
    if (outcome.changes) {
      changes = outcome.changes
      parts.undo.disabled = changes.length === 0
    }
  }

  function markStale(isStale: boolean): void {
    parts.results.classList.toggle('is-stale', isStale)
    parts.stale.hidden = !isStale
  }

  async function runOnce(): Promise<void> {
    const task = {
      kind: 'run',
      program: editor.text,
      question: parts.question.value,
      changes,
    } as const
    say('Running …')
    const outcome = await perform(task)
    if (!outcome) return
    const problems = [...(outcome.problems ?? []), ...(outcome.evaluation?.problems ?? [])]
    showProgramProblems(problems)
    markStale(!outcome.evaluation)
    show(outcome)
    const rows = outcome.evaluation?.relations.reduce((sum, { count }) => sum + count, 0) ?? 0
    const time = `${outcome.milliseconds.toFixed(1)} ms`
    say(
      problems.length > 0
        ? `${counted(problems.length, 'problem')}.`
        : `${counted(rows, 'row')} in ${time}.`,
    )
  }

  async function chooseFact(fact: Fact, box: HTMLElement): Promise<void> {
    const outcome = await perform({ kind: 'why', fact })
    if (outcome) showWhy(outcome, { title: writeFact(fact), after: box })
  }

  /** There is one at a time, below what was chosen. */
  function showWhy(
    outcome: Outcome,
    { title, after }: { title: string; after: HTMLElement },
  ): void {
    const { proof, whyNot } = outcome
    document.querySelector('#reasons')?.remove()
    if (!proof && !whyNot) return
    const heading = element(
      'h3',
      { tabindex: '-1' },
      proof ? 'Why ' : 'Why not ',
      element('code', {}, title),
    )
    const close = element(
      'button',
      { type: 'button', class: 'button button-plain button-small' },
      'Close',
    )
    const panel = element(
      'section',
      { class: 'panel why', id: 'reasons' },
      element('div', { class: 'row row-between' }, heading, close),
      element(
        'div',
        { class: 'why-tree', tabindex: '0', role: 'region', 'aria-label': 'The reasons' },
        ...(proof ? [showProof(proof)] : []),
        ...(whyNot ? [showWhyNot(whyNot)] : []),
      ),
    )
    const cameFrom = document.activeElement
    close.addEventListener('click', () => {
      panel.remove()
      if (cameFrom instanceof HTMLElement) cameFrom.focus()
    })
    after.after(panel)
    heading.focus({ preventScroll: true })
    panel.scrollIntoView({ block: 'nearest' })
  }

  function showFactProblems(problems: readonly Problem[] = []): void {
    parts.factProblems.replaceChildren(...showProblems(problems))
    if (problems.length > 0) parts.fact.setAttribute('aria-invalid', 'true')
    else parts.fact.removeAttribute('aria-invalid')
  }

  async function changeBy(task: Task): Promise<void> {
    const outcome = await perform(task)
    if (!outcome) return
    showFactProblems(outcome.problems)
    parts.delta.replaceChildren(...(outcome.delta ? showDelta(outcome.delta) : []))
    show(outcome)
  }

  return {
    say,
    async run() {
      if (isRunning) {
        isRunAgainWanted = true
        return
      }
      isRunning = true
      do {
        isRunAgainWanted = false
        await runOnce()
      } while (isRunAgainWanted)
      isRunning = false
    },
    async ask() {
      const outcome = await perform({ kind: 'ask', question: parts.question.value })
      if (outcome) show(outcome)
    },
    change: (sign) => changeBy({ kind: 'change', sign, text: parts.fact.value }),
    undo: () => changeBy({ kind: 'undo' }),
    async whyFact() {
      const outcome = await perform({ kind: 'why', fact: parts.fact.value })
      if (!outcome) return
      showFactProblems(outcome.problems)
      showWhy(outcome, { title: parts.fact.value.replace(/\.\s*$/, ''), after: parts.whyHere })
    },
  }
}
