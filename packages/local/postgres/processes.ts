import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** A running process and its command line, as `ps` shows it. */
export interface SystemProcess {
  readonly id: number
  readonly command: string
}

const run = promisify(execFile)

/** Every process whose command line this user may see. Zombies have none and are left out. */
export async function listProcesses(): Promise<readonly SystemProcess[]> {
  if (process.platform === 'linux') return readdirSync('/proc').flatMap(readProcess)
  const { stdout } = await run('ps', ['-axo', 'pid=,command='])
  return stdout.split('\n').map((line) => {
    const [, id = '0', command = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? []
    return { id: Number(id), command }
  })
}

/** The command line of one process; undefined when there is no such process any more. */
export async function findCommand(processId: number): Promise<string | undefined> {
  // Slim images have no ps, but Linux always has /proc.
  if (process.platform === 'linux') return readProcess(`${processId}`)[0]?.command
  try {
    return (await run('ps', ['-o', 'command=', '-p', `${processId}`])).stdout.trim()
  } catch {
    return undefined
  }
}

function readProcess(name: string): SystemProcess[] {
  const id = Number(name)
  if (!Number.isInteger(id)) return []
  try {
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return command === '' ? [] : [{ id, command }]
  } catch {
    return []
  }
}
