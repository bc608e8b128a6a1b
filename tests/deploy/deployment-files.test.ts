import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { appNames } from '@rose-ash/shared/contracts/apps'
import { loadConfig } from '@rose-ash/shared/infrastructure/config/load'
import { imageEnvironment } from '@rose-ash/testing/image-environment'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const has = (program: string) => spawnSync(program, ['--version']).error === undefined

interface Service {
  readonly image: string
  readonly command?: string
  readonly environment: Readonly<Record<string, string>>
  readonly healthcheck: { readonly test: string }
  readonly deploy: { readonly update_config: { order: string; failure_action: string } }
}

interface Stack {
  readonly services: Readonly<Record<string, Service>>
}

const secrets = {
  SECRET_KEY: 'a secret of at least thirty-two characters',
  POSTGRES_PASSWORD: 'abc123',
  SMTP_URL: 'smtps://name:password@mail.example.org:465',
}
const { services } = parse(read('docker-compose.yml'), { merge: true }) as Stack

/** `${NAME:?sentence}` and `${NAME:-value}`, as Docker fills them in. */
function fillIn(environment: Readonly<Record<string, string>>): Record<string, string> {
  const value = (_all: string, name: string, otherwise: string | undefined) =>
    (secrets as Record<string, string>)[name] ?? otherwise ?? ''
  return Object.fromEntries(
    Object.entries(environment).map(([name, text]) => [
      name,
      text.replaceAll(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)\}/g, value),
    ]),
  )
}

function serviceOf(app: string): Service {
  const service = services[app]
  if (!service) throw new Error(`docker-compose.yml has no service ${app}`)
  return service
}

describe('the six services have one shape', () => {
  test.each(['Dockerfile', 'entrypoint.sh'])('every %s is alike but for the name', (file) => {
    const blog = read(`apps/blog/${file}`)
    for (const app of appNames) {
      expect(read(`apps/${app}/${file}`)).toBe(blog.replaceAll('blog', app))
    }
  })

  test('every image sets what services are measured with', () => {
    for (const app of appNames) {
      const lines = read(`apps/${app}/Dockerfile`).match(/^ENV .*$/gm) ?? []
      const set = lines.join(' ').matchAll(/(\w+)=(\S+)/g)
      const environment = Object.fromEntries(Array.from(set, ([, name, value]) => [name, value]))
      expect(environment).toEqual(imageEnvironment)
    }
  })

  test('in the stack they differ in what the blog does more: it migrates, and turns over pictures', () => {
    const { image: _image, environment, deploy: _deploy, ...shape } = serviceOf('market')
    for (const app of appNames) {
      expect(serviceOf(app)).toMatchObject(shape)
      expect(serviceOf(app).image).toBe(`registry.rose-ash.com:5000/${app}:latest`)
      const isBlog = app === 'blog'
      expect(serviceOf(app).environment).toEqual({ ...environment, RUN_MIGRATIONS: String(isBlog) })
    }
  })

  test('an entrypoint can be run, and is a right shell script', () => {
    for (const app of appNames) {
      const path = join(repository, `apps/${app}/entrypoint.sh`)
      expect(statSync(path).mode & 0o111).toBe(0o111)
      execFileSync('sh', ['-n', path])
    }
  })
})

describe('the stack', () => {
  test.each(appNames)('gives %s a configuration that it accepts', (app) => {
    const config = loadConfig({
      app,
      file: join(repository, '_config/app-config.yaml'),
      environment: fillIn(serviceOf(app).environment),
    })
    expect(config).toMatchObject({
      app,
      port: 8000,
      metricsPort: 9100,
      databaseUrl: 'postgresql://rose_ash:abc123@postgres:5432/rose_ash',
      redisUrl: 'redis://redis:6379/0',
      runMigrations: app === 'blog',
    })
    for (const other of appNames) expect(config.internalUrls[other]).toBe(`http://${other}:8000`)
  })

  test('the example of .env names what the stack asks for, and nothing else', () => {
    const asked = new Set(read('docker-compose.yml').match(/(?<=\$\{)\w+/g))
    const named = new Set(read('.env.example').match(/^\w+(?==)/gm))
    expect(named).toEqual(asked)
  })

  test('an update starts the new beside the old, and goes back when the new is not ready', () => {
    for (const app of appNames) {
      const { healthcheck, deploy } = serviceOf(app)
      expect(healthcheck.test).toContain("fetch('http://127.0.0.1:8000/ready')")
      expect(deploy.update_config).toMatchObject({
        order: 'start-first',
        failure_action: 'rollback',
      })
    }
  })

  test('nothing ever empties Redis', () => {
    const files = appNames.flatMap((app) => [`apps/${app}/entrypoint.sh`, `apps/${app}/Dockerfile`])
    for (const file of [...files, 'deploy.sh', 'docker-compose.yml', '.gitea/workflows/ci.yml']) {
      expect(read(file)).not.toMatch(/flush(all|db)/i)
    }
    expect(serviceOf('redis').command).toContain('--maxmemory-policy noeviction')
  })

  test.runIf(has('docker'))("passes Docker's own check", () => {
    execFileSync('docker', ['stack', 'config', '--compose-file', 'docker-compose.yml'], {
      cwd: repository,
      env: { ...process.env, ...secrets },
      stdio: 'pipe',
    })
  })
})

describe('continuous integration', () => {
  const workflow = parse(read('.gitea/workflows/ci.yml')) as {
    jobs: { check: Job; deploy: Job & { needs: string } }
  }
  interface Job {
    readonly steps: readonly { readonly run?: string; readonly env?: Record<string, string> }[]
  }

  test('deploys only what .ci/run has passed, with the two secrets', () => {
    expect(workflow.jobs.check.steps.at(-1)?.run).toBe('bash .ci/run')
    expect(workflow.jobs.deploy.needs).toBe('check')
    const [{ run, env } = {}] = workflow.jobs.deploy.steps
    expect(run).toContain('./deploy.sh')
    expect(env).toMatchObject({
      DEPLOY_SSH_KEY: '${{ secrets.DEPLOY_SSH_KEY }}',
      DEPLOY_HOST: '${{ secrets.DEPLOY_HOST }}',
    })
    execFileSync('bash', ['-n'], { input: run })
  })
})

test.runIf(has('shellcheck'))('shellcheck has nothing to say about any script', () => {
  const entrypoints = appNames.map((app) => `apps/${app}/entrypoint.sh`)
  execFileSync('shellcheck', ['deploy.sh', '.ci/run', ...entrypoints], { cwd: repository })
})
