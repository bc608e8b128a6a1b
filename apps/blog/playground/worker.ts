/// <reference lib="dom" />
import { pageLimits } from './limits.ts'
import type { OutcomeMessage, TaskMessage } from './protocol.ts'
import { createWorkbench } from './workbench.ts'

// The engine works here, so that the page answers to its reader whatever a program does.

const workbench = createWorkbench(pageLimits)

addEventListener('message', ({ data }: MessageEvent<TaskMessage>) => {
  postMessage(answer(data))
})

function answer({ id, task }: TaskMessage): OutcomeMessage {
  try {
    return { id, outcome: workbench.do(task) }
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) }
  }
}
