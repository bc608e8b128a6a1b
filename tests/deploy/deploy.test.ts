import { appNames } from '@rose-ash/shared/contracts/apps'
import { describe, expect, test } from 'vitest'
import { type Answer, createCheckout } from './deploy-fixture.ts'

const built = ({ asked }: Answer) =>
  asked.flatMap((line) => /^build --file apps\/(\w+)\//.exec(line)?.[1] ?? [])
const pushed = ({ asked }: Answer) => asked.filter((line) => line.startsWith('push ')).length
const everything = [...appNames].toSorted()

describe('./deploy.sh', () => {
  test('builds, pushes and deploys the named apps and no others', () => {
    using checkout = createCheckout()
    const answer = checkout.deploy('market', 'blog', 'market')
    expect(answer).toMatchObject({ status: 0, stderr: '' })
    const commit = checkout.git('rev-parse', 'HEAD')
    const image = 'registry.rose-ash.com:5000/market'
    expect(answer.asked).toEqual([
      `build --file apps/market/Dockerfile --label org.opencontainers.image.revision=${commit} --tag ${image}:latest --tag ${image}:${commit.slice(0, 12)} .`,
      expect.stringContaining('build --file apps/blog/Dockerfile'),
      `push --all-tags ${image}`,
      'push --all-tags registry.rose-ash.com:5000/blog',
      'stack deploy --compose-file docker-compose.yml --with-registry-auth --detach=false coop',
    ])
    expect(checkout.git('rev-parse', 'refs/deployed/market')).toBe(commit)
  })

  test('--all means all six', () => {
    using checkout = createCheckout()
    const answer = checkout.deploy('--all')
    expect(built(answer).toSorted()).toEqual(everything)
    expect(pushed(answer)).toBe(6)
  })

  test('without names, the first time everything is new', () => {
    using checkout = createCheckout()
    expect(built(checkout.deploy()).toSorted()).toEqual(everything)
  })

  test('without names, what has changed since then is deployed, and only once', () => {
    using checkout = createCheckout()
    checkout.deploy('--all')
    checkout.change('apps/events/app.ts')
    checkout.change('apps/cart/templates/cart.hbs')
    checkout.change('docs/operating.md')
    expect(built(checkout.deploy()).toSorted()).toEqual(['cart', 'events'])

    const again = checkout.deploy()
    expect(again).toMatchObject({ status: 0, asked: [] })
    expect(again.stdout).toBe('Nothing has changed since the last deploy.\n')
  })

  test('what all six share concerns all six', () => {
    using checkout = createCheckout()
    checkout.deploy('--all')
    for (const path of [
      'packages/shared/services/registry.ts',
      'packages/datalog/relation.ts',
      'docker-compose.yml',
      'pnpm-lock.yaml',
      '_config/app-config.yaml',
    ]) {
      checkout.change(path)
      const { stdout } = checkout.deploy('--dry-run')
      const told = [...stdout.matchAll(/would run: docker build --file apps\/(\w+)\//g)]
      expect(told.map(([, app = '']) => app).toSorted(), path).toEqual(everything)
      checkout.git('reset', '--quiet', '--hard', 'HEAD~1')
    }
  })

  test('what no app runs concerns none', () => {
    using checkout = createCheckout()
    checkout.deploy('--all')
    for (const path of [
      'packages/local/main.ts',
      'packages/testing/redis.ts',
      'packages/shared/infrastructure/log.test.ts',
      'packages/shared/events/test-event-bus.ts',
      'apps/blog/routes/posts/routes.db.test.ts',
      'tests/sign-on.browser.test.ts',
      'README.md',
    ]) {
      checkout.change(path)
    }
    expect(checkout.deploy()).toMatchObject({ status: 0, asked: [] })
  })

  test('an app that was deployed by name is not built again for the same change', () => {
    using checkout = createCheckout()
    checkout.deploy('--all')
    checkout.change('packages/shared/a.ts')
    checkout.deploy('market')
    expect(built(checkout.deploy()).toSorted()).toEqual(
      everything.filter((app) => app !== 'market'),
    )
  })

  test('an app whose image is missing is built though nothing changed', () => {
    using checkout = createCheckout()
    checkout.deploy('--all')
    checkout.loseImage('account')
    expect(built(checkout.deploy())).toEqual(['account'])
  })

  test.each([
    ['build', 0],
    ['push', 0],
    ['stack', 1],
  ])(
    'when docker %s fails, nothing counts as deployed and the next run tries again',
    (command, pushes) => {
      using checkout = createCheckout()
      checkout.deploy('--all')
      checkout.change('apps/blog/app.ts')
      checkout.refuse(command)
      const answer = checkout.deploy()
      expect(answer.status).toBe(1)
      expect(answer.stderr).toContain(`docker: ${command} refused`)
      if (pushes === 0) expect(answer.asked.some((line) => line.startsWith('stack'))).toBe(false)

      checkout.refuse(undefined)
      expect(built(checkout.deploy())).toEqual(['blog'])
    },
  )

  test('--dry-run says what would be done and does nothing', () => {
    using checkout = createCheckout()
    const answer = checkout.deploy('--dry-run', 'blog')
    expect(answer).toMatchObject({ status: 0, asked: [] })
    expect(answer.stdout).toContain('would run: docker build --file apps/blog/Dockerfile')
    expect(answer.stdout).toContain('would run: docker stack deploy')
    expect(checkout.git('for-each-ref', 'refs/deployed')).toBe('')
  })

  test('a history that was rewritten is no reason to leave an app out', () => {
    using checkout = createCheckout()
    checkout.deploy('--all')
    checkout.git('update-ref', '-d', 'refs/deployed/cart')
    expect(built(checkout.deploy())).toEqual(['cart'])
  })
})

describe('./deploy.sh says what is wrong', () => {
  test.each([
    { args: ['bolg'], sentence: "There is no app called 'bolg'.\nThe apps are: blog market cart" },
    { args: ['--al'], sentence: 'There is no option --al.\nUsage: ./deploy.sh' },
    { args: ['--all', 'blog'], sentence: 'Say either --all or which apps, not both.' },
  ])('with $args', ({ args, sentence }) => {
    using checkout = createCheckout()
    const answer = checkout.deploy(...args)
    expect(answer).toMatchObject({ status: 1, stdout: '', asked: [] })
    expect(answer.stderr).toContain(sentence)
  })

  test('when something is not committed', () => {
    using checkout = createCheckout()
    checkout.write('apps/blog/new.ts', '')
    const answer = checkout.deploy('blog')
    expect(answer).toMatchObject({ status: 1, asked: [] })
    expect(answer.stderr).toContain('There are changes that are not committed')
    expect(answer.stderr).toContain('apps/blog/new.ts')
  })

  test('when there is no .env', () => {
    using checkout = createCheckout()
    checkout.remove('.env')
    const answer = checkout.deploy('blog')
    expect(answer).toMatchObject({ status: 1, asked: [] })
    expect(answer.stderr).toContain('There is no .env. Copy .env.example and fill it in.')
  })

  test('--help tells how it is used', () => {
    using checkout = createCheckout()
    const answer = checkout.deploy('--help')
    expect(answer).toMatchObject({ status: 0, stderr: '' })
    expect(answer.stdout).toContain('Usage: ./deploy.sh')
  })
})
