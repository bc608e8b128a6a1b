import { dirname, relative, resolve } from 'node:path'
import type { RuleTester } from 'oxlint/plugins-dev'

/** Two rules that oxlint does not have. */
type Rule = Parameters<RuleTester['run']>[1]

/** An import, an export from elsewhere, or `import()`. */
interface ImportLike {
  readonly source?: { readonly range: [number, number]; readonly value?: unknown } | null
}

const ownFolder = /^((?:apps|packages)\/[^/]+|tests|benchmarks)\//

/**
 * A relative import stays in its own package. What another package offers is imported by name, where
 * its `exports`, the dependencies in package.json and the table in oxlint.imports.ts can see it.
 */
const ownPackage: Rule = {
  create(context) {
    const folder = relative(context.cwd, context.filename).match(ownFolder)?.[1]
    const root = resolve(context.cwd, folder ?? '.')

    function check({ source }: ImportLike) {
      const target = source?.value
      if (!source || typeof target !== 'string' || !target.startsWith('.')) return
      const path = relative(root, resolve(dirname(context.filename), target))
      if (!path.startsWith('..')) return
      context.report({
        node: source,
        message: `Rule 1: '${target}' leaves ${folder}. Import another package by its name.`,
      })
    }
    return {
      ImportDeclaration: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
      ImportExpression: check,
    }
  },
}

/** Whatever changes belongs to what an app was created with, so that two instances fit in one process. */
const noModuleState: Rule = {
  create(context) {
    return {
      Program(program) {
        for (const statement of program.body) {
          const declared =
            statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
          if (declared?.type !== 'VariableDeclaration' || declared.kind === 'const') continue
          context.report({
            node: declared,
            message: 'State lives in what a function creates, not in a module: no top-level `let`.',
          })
        }
      },
    }
  },
}

export default {
  meta: { name: 'rose-ash' },
  rules: { 'own-package': ownPackage, 'no-module-state': noModuleState },
}
