import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { appNames } from '@rose-ash/shared/contracts/apps'

const repository = fileURLToPath(new URL('../..', import.meta.url))

// Stands in for Docker: writes down what it was asked for, has the images that it built, and fails
// where the folder holds a file called `refuse` with that command in it.
const docker = `#!/bin/sh
here=\${0%/*}
echo "$*" >> "$here/asked"
if [ -f "$here/refuse" ] && [ "$1" = "$(cat "$here/refuse")" ]; then echo "docker: $1 refused" >&2; exit 1; fi
case "$1 $2" in
  'image inspect') image=\${3%:*}; [ -f "$here/image-\${image##*/}" ] ;;
  'build --file') app=\${3%/*}; : > "$here/image-\${app##*/}" ;;
esac
`

export interface Answer {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** What Docker was asked to do, without its looking for images. */
  readonly asked: readonly string[]
}

/** A checkout of our shape with the real deploy.sh, and a Docker that only listens. */
export interface Checkout extends Disposable {
  deploy(...args: string[]): Answer
  git(...args: string[]): string
  write(path: string, text: string): void
  /** Writes and commits. */
  change(path: string, text?: string): void
  remove(path: string): void
  /** From now on this command of Docker's fails. */
  refuse(command: string | undefined): void
  loseImage(app: string): void
}

export function createCheckout(): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'rose ash deploy '))
  const programs = mkdtempSync(join(tmpdir(), 'rose-ash-docker-'))
  const asked = join(programs, 'asked')
  const environment = {
    PATH: `${programs}:${process.env['PATH']}`,
    HOME: programs,
    GIT_CONFIG_NOSYSTEM: '1',
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: environment,
      stdio: 'pipe',
    }).trim()
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const change = (path: string, text = String(Math.random())) => {
    write(path, text)
    git('add', '.')
    git('commit', '--quiet', '--message', `Change ${path}`)
  }

  writeFileSync(join(programs, 'docker'), docker)
  chmodSync(join(programs, 'docker'), 0o755)
  git('init', '--quiet')
  cpSync(join(repository, 'deploy.sh'), join(folder, 'deploy.sh'))
  for (const app of appNames) write(`apps/${app}/app.ts`, '')
  for (const path of ['packages/shared/a.ts', 'packages/local/a.ts', 'packages/testing/a.ts']) {
    write(path, '')
  }
  write('.gitignore', '.env\n')
  write('.env', 'SECRET_KEY=abc\n')
  change('docker-compose.yml')

  return {
    git,
    write,
    change,
    remove: (path) => rmSync(join(folder, path)),
    refuse: (command) => {
      if (command === undefined) rmSync(join(programs, 'refuse'), { force: true })
      else writeFileSync(join(programs, 'refuse'), command)
    },
    loseImage: (app) => rmSync(join(programs, `image-${app}`)),
    deploy(...args) {
      writeFileSync(asked, '')
      // From elsewhere, as a person in another folder would.
      const { status, stdout, stderr } = spawnSync(join(folder, 'deploy.sh'), args, {
        cwd: tmpdir(),
        encoding: 'utf8',
        env: environment,
      })
      const lines = readFileSync(asked, 'utf8').split('\n').filter(Boolean)
      return { status, stdout, stderr, asked: lines.filter((line) => !line.startsWith('image ')) }
    },
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true })
      rmSync(programs, { recursive: true, force: true })
    },
  }
}
