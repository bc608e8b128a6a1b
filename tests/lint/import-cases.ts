/** A file that breaks one rule, and its twin that does the same thing as it is meant. */
export interface LintCase {
  readonly rule: string
  /** The rule of the linter that has to speak, and a part of what it says. */
  readonly refusedBy: string
  readonly says?: string
  readonly planted: SourceFile
  readonly allowed: SourceFile
  /** Further files that the two need to be about something. */
  readonly besides?: readonly SourceFile[]
}

export type SourceFile = readonly [path: string, code: string]

const imports = 'eslint(no-restricted-imports)'
const borders = 'rose-ash(own-package)'
const globals = 'eslint(no-restricted-globals)'
const properties = 'eslint(no-restricted-properties)'

const reExport = (name: string) => `export { x } from '${name}'\n`

/** One entry a sentence of "Who may import whom" in docs/architecture.md. */
export const lintCases: readonly LintCase[] = [
  {
    rule: '1: an app never imports another app by name',
    refusedBy: imports,
    says: 'Rule 1',
    planted: ['apps/cart/routes/other-app.ts', reExport('@rose-ash/market/app')],
    allowed: ['packages/local/six-apps.ts', reExport('@rose-ash/market/app')],
  },
  {
    rule: '1: an app never imports another app by path',
    refusedBy: borders,
    says: 'Rule 1',
    planted: ['apps/cart/routes/by-path.ts', reExport('../../market/app.ts')],
    allowed: ['apps/cart/routes/own-path.ts', reExport('../services/market.ts')],
  },
  {
    rule: '1: nor lazily',
    refusedBy: imports,
    says: 'Rule 1',
    planted: ['apps/cart/routes/lazy.ts', "export const x = await import('@rose-ash/blog/app')\n"],
    allowed: ['apps/cart/routes/lazy-own.ts', "export const x = await import('./cart.ts')\n"],
  },
  {
    rule: '1: shared never imports an app',
    refusedBy: imports,
    says: 'Rule 1',
    planted: ['packages/shared/infrastructure/app/knows-an-app.ts', reExport('@rose-ash/blog/app')],
    allowed: [
      'packages/shared/infrastructure/app/knows-names.ts',
      reExport('../../contracts/apps.ts'),
    ],
  },
  {
    rule: '2: an app takes tables only through its own gate',
    refusedBy: imports,
    says: 'Rule 2',
    planted: ['apps/events/routes/calendar/queries.ts', reExport('@rose-ash/shared/models/events')],
    allowed: ['apps/events/models/index.ts', reExport('@rose-ash/shared/models/events')],
  },
  {
    rule: '2: types of tables are tables too',
    refusedBy: imports,
    says: 'Rule 2',
    planted: [
      'apps/events/services/types.ts',
      "export type { x } from '@rose-ash/shared/models/events'\n",
    ],
    allowed: ['apps/events/services/gate.ts', "export type { x } from '../models/index.ts'\n"],
  },
  {
    rule: '2: the gate passes nothing on but tables',
    refusedBy: imports,
    says: 'Rule 2',
    planted: ['apps/market/models/index.ts', reExport('@rose-ash/shared/infrastructure/database')],
    allowed: ['apps/federation/models/index.ts', reExport('@rose-ash/shared/models/federation')],
  },
  {
    rule: '3: an app never builds a service',
    refusedBy: imports,
    says: 'Rule 3',
    planted: ['apps/account/routes/builds.ts', reExport('@rose-ash/shared/services/registry')],
    allowed: ['apps/account/routes/asks.ts', reExport('@rose-ash/shared/contracts/services')],
  },
  {
    rule: '4: contracts import only contracts and zod',
    refusedBy: imports,
    says: 'Rule 4',
    planted: ['packages/shared/contracts/planted.ts', reExport('../models/blog.ts')],
    allowed: [
      'packages/shared/contracts/twin.ts',
      reExport('zod') + "export { y } from './blog.ts'\n",
    ],
  },
  {
    rule: '4: contracts import nothing of Node either',
    refusedBy: imports,
    says: 'Rule 4',
    planted: ['packages/shared/contracts/node.ts', reExport('node:crypto')],
    allowed: ['packages/shared/services/node.ts', reExport('node:crypto')],
  },
  {
    rule: '4: models import only Drizzle',
    refusedBy: imports,
    says: 'Rule 4',
    planted: ['packages/shared/models/planted.ts', reExport('../contracts/blog.ts')],
    allowed: ['packages/shared/models/twin.ts', reExport('drizzle-orm/pg-core')],
  },
  {
    rule: '4: services know nothing of Fastify',
    refusedBy: imports,
    says: 'Rule 4',
    planted: ['packages/shared/services/cart/web.ts', "export type { x } from 'fastify'\n"],
    allowed: ['packages/shared/infrastructure/app/web.ts', "export type { x } from 'fastify'\n"],
  },
  {
    rule: '4: services know nothing of templates',
    refusedBy: imports,
    says: 'Rule 4',
    planted: ['packages/shared/services/cart/render.ts', reExport('handlebars')],
    allowed: ['packages/shared/infrastructure/view/render.ts', reExport('handlebars')],
  },
  {
    rule: '4: services take no infrastructure',
    refusedBy: imports,
    says: 'Rule 4',
    planted: ['packages/shared/services/cart/reaches.ts', reExport('../../infrastructure/log.ts')],
    allowed: [
      'packages/shared/services/cart/is-given.ts',
      "import type { Logger } from '../../infrastructure/log.ts'\nexport type L = Logger\n",
    ],
  },
  {
    rule: '4: services do not fetch',
    refusedBy: globals,
    says: 'Rule 7',
    planted: ['packages/shared/services/cart/fetches.ts', "export const x = await fetch('/')\n"],
    allowed: ['packages/shared/infrastructure/fetches.ts', "export const x = await fetch('/')\n"],
  },
  {
    rule: '4: what emits and handles events knows nothing of the web',
    refusedBy: imports,
    says: 'Rule 4',
    planted: ['packages/shared/events/web.ts', reExport('@fastify/cookie')],
    allowed: ['packages/shared/events/tables.ts', reExport('../models/events.ts')],
  },
  {
    rule: '5: datalog imports nothing',
    refusedBy: imports,
    says: 'Rule 5',
    planted: ['packages/datalog/planted.ts', reExport('node:util')],
    allowed: ['packages/datalog/sub/twin.ts', reExport('../relation.ts')],
  },
  {
    rule: '5: but its command may use Node',
    refusedBy: imports,
    says: 'Rule 5',
    planted: ['packages/datalog/command/planted.ts', reExport('fastify')],
    allowed: [
      'packages/datalog/command/twin.ts',
      reExport('node:util') + "export { y } from '../relation.ts'\n",
    ],
  },
  {
    rule: '6: apps never import testing',
    refusedBy: imports,
    says: 'Rule 6',
    planted: ['apps/blog/routes/factory.ts', reExport('@rose-ash/testing/factories')],
    allowed: ['apps/blog/routes/factory.test.ts', reExport('@rose-ash/testing/factories')],
  },
  {
    rule: '6: but what tests are made with may',
    refusedBy: imports,
    says: 'Rule 6',
    planted: ['apps/blog/services/testing.ts', reExport('@rose-ash/testing/factories')],
    allowed: ['apps/blog/test-world.ts', reExport('@rose-ash/testing/factories')],
  },
  {
    rule: '6: shared never imports local',
    refusedBy: imports,
    says: 'Rule 6',
    planted: ['packages/shared/infrastructure/local.ts', reExport('@rose-ash/local/platform')],
    allowed: ['packages/shared/infrastructure/local.test.ts', reExport('@rose-ash/local/platform')],
  },
  {
    rule: '6: only the blog has the editor',
    refusedBy: imports,
    says: 'Rule 6',
    planted: ['apps/market/routes/editor.ts', reExport('@rose-ash/editor/assets')],
    allowed: ['apps/blog/routes/editor.ts', reExport('@rose-ash/editor/assets')],
  },
  {
    rule: '7: an app fetches only in a client named for its third party',
    refusedBy: globals,
    says: 'Rule 7',
    planted: ['apps/cart/services/pay.ts', "export const x = await fetch('/')\n"],
    allowed: ['apps/cart/services/sumup-client.ts', "export const x = await fetch('/')\n"],
  },
  {
    rule: '7: nor does it fetch by another name',
    refusedBy: globals,
    says: 'Rule 7',
    planted: ['apps/cart/services/sly.ts', "export const x = await globalThis.fetch('/')\n"],
    allowed: [
      'apps/cart/services/client.test.ts',
      "export const x = await globalThis.fetch('/')\n",
    ],
  },
  {
    rule: '7: nor through a library',
    refusedBy: imports,
    says: 'Rule 7',
    planted: ['apps/cart/services/library.ts', reExport('node:https')],
    allowed: ['apps/cart/services/bank-client.ts', reExport('node:https')],
  },
  {
    rule: '8: the environment is read only in config/',
    refusedBy: properties,
    says: 'Rule 8',
    planted: ['apps/blog/routes/environment.ts', 'export const x = process.env\n'],
    allowed: ['apps/blog/config/env.ts', 'export const x = process.env\n'],
  },
  {
    rule: '8: taking it apart is reading it',
    refusedBy: properties,
    says: 'Rule 8',
    planted: ['packages/shared/infrastructure/apart.ts', 'export const { env } = process\n'],
    allowed: ['packages/shared/infrastructure/other.ts', 'export const { pid } = process\n'],
  },
  {
    rule: '8: importing it is reading it',
    refusedBy: imports,
    says: 'Rule 8',
    planted: ['apps/blog/services/import-environment.ts', "export { env } from 'node:process'\n"],
    allowed: ['apps/blog/services/import-path.ts', "export { sep } from 'node:path'\n"],
  },
  {
    rule: '8: no cycles',
    refusedBy: 'import(no-cycle)',
    planted: ['packages/shared/infrastructure/round/a.ts', "export { b } from './b.ts'\n"],
    allowed: ['packages/shared/infrastructure/round/c.ts', "export { d } from './d.ts'\n"],
    besides: [
      [
        'packages/shared/infrastructure/round/b.ts',
        "import { b as a } from './a.ts'\nexport const b = a\n",
      ],
      ['packages/shared/infrastructure/round/d.ts', 'export const d = 1\n'],
    ],
  },
  {
    rule: '8: no default exports',
    refusedBy: 'import(no-default-export)',
    planted: ['apps/blog/services/default.ts', 'export default 1\n'],
    allowed: ['packages/shared/tool.config.ts', 'export default 1\n'],
  },
  {
    rule: '8: no any',
    refusedBy: 'typescript(no-explicit-any)',
    planted: ['apps/blog/services/any.ts', 'export type Whatever = any\n'],
    allowed: ['apps/blog/services/unknown.ts', 'export type Whatever = unknown\n'],
  },
]
