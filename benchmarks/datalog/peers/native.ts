import { spawnSync } from 'node:child_process'

/** What an installed program prints for this input; its start is within the time. */
export function run(command: string, words: readonly string[], input: string): string {
  const { stdout, stderr, status, error } = spawnSync(command, words, {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: 120_000,
    killSignal: 'SIGKILL',
  })
  if (error) throw error
  // clingo's status says what it found.
  if (stdout === '') throw new Error(`${command} ended with ${status}: ${stderr.slice(0, 200)}`)
  return stdout
}

/** The first version number that it prints of itself; undefined when it is not installed. */
export function findVersion(command: string): string | undefined {
  const { stdout, error } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  return error ? undefined : /\d+(\.\d+)+/.exec(stdout)?.[0]
}
