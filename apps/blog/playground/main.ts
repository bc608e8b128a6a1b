/// <reference lib="dom" />
import { createEditor } from './editor.ts'
import { find } from './elements.ts'
import { createEngineClient } from './engine-client.ts'
import { linkedProgram, linkTo, recallProgram, rememberProgram } from './keep.ts'
import { createPlayground } from './page.ts'

// The playground: pages/admin/datalog.hbs has the elements that are named here.

const typingPause = 300

const area = find('textarea', 'program')
const question = find('input', 'question')
const stop = find('button', 'stop')
const editor = createEditor(area, find('div', 'code-lines'))
const client = createEngineClient(new URL('worker.js', import.meta.url), (isBusy) => {
  stop.disabled = !isBusy
})
const playground = createPlayground(editor, client)
const pauses = new Map<'program', ReturnType<typeof setTimeout>>()

function runNow(): void {
  clearTimeout(pauses.get('program'))
  rememberProgram(editor.text)
  void playground.run()
}

function runSoon(): void {
  clearTimeout(pauses.get('program'))
  pauses.set('program', setTimeout(runNow, typingPause))
}

function use(program: string): void {
  editor.replace(program)
  runNow()
}

async function begin(): Promise<void> {
  const isExampleAsked = new URLSearchParams(location.search).has('example')
  const kept = isExampleAsked ? undefined : recallProgram()
  use((await linkedProgram(location.hash)) ?? kept ?? editor.text)
}

async function share(): Promise<void> {
  const link = await linkTo(editor.text)
  history.replaceState(null, '', link)
  try {
    await navigator.clipboard.writeText(link)
    playground.say('The link is copied.')
  } catch {
    playground.say('The link is in the address bar.')
  }
}

function onClick(id: string, action: () => unknown): void {
  find('button', id).addEventListener('click', () => void action())
}

area.addEventListener('input', runSoon)
for (const field of [area, question]) {
  field.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter') return
    if (field === area && !event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    if (field === area) runNow()
    else void playground.ask()
  })
}
find('form', 'program-form').addEventListener('submit', (event) => {
  event.preventDefault()
  if (event.submitter?.id === 'ask') void playground.ask()
  else runNow()
})
find('form', 'fact-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void playground.change('+')
})
find('select', 'example').addEventListener('change', ({ currentTarget }) => {
  if (!(currentTarget instanceof HTMLSelectElement)) return
  use(currentTarget.selectedOptions[0]?.dataset['program'] ?? '')
})
onClick('stop', () => client.stop())
onClick('share', share)
onClick('retract', () => playground.change('-'))
onClick('undo', () => playground.undo())
onClick('why', () => playground.whyFact())
addEventListener('hashchange', () => {
  void linkedProgram(location.hash).then((program) => program !== undefined && use(program))
})
void begin()
