import { InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import { forEver, sendAsset } from '@rose-ash/shared/infrastructure/view/asset-routes'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type BrowserModules,
  loadBrowserModules,
} from '../../../services/playground/browser-modules.ts'
import {
  evaluateProgram,
  type ProgramResult,
} from '../../../services/playground/evaluate-program.ts'
import { type Example, readExamples } from '../../../services/playground/examples.ts'
import { describeResult } from './describe-result.ts'

interface Options {
  readonly page: PageRenderer
}

const asked = z.object({ example: z.string().optional().catch(undefined) })
/** Longer than any program that is read here by people; a browser has no such limit. */
const posted = z.object({
  program: z.string().max(100_000, 'The program is longer than this page takes.').default(''),
  question: z.string().max(2000, 'The question is longer than this page takes.').default(''),
})

/** A place to try the Datalog engine, in the reader's own browser. For editors. */
export async function datalogRoutes(app: FastifyInstance, { page }: Options): Promise<void> {
  // Read when somebody first asks: most processes never need them.
  const files = onDemand(() => ({ modules: loadBrowserModules(), examples: readExamples() }))

  app.get('/admin/datalog/', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const { example } = asked.parse(request.query)
    const { examples } = files()
    const chosen = examples.find(({ name }) => name === example) ?? examples[0]
    return send(request, reply, { program: chosen?.text ?? '', chosen, question: '' })
  })

  app.post('/admin/datalog/', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const parsed = posted.safeParse(request.body ?? {})
    if (!parsed.success)
      throw new InvalidInputError(parsed.error.issues[0]?.message ?? 'That is no program.')
    const { program, question } = parsed.data
    // A form sends lines that end with a carriage return too.
    const text = program.replaceAll('\r\n', '\n')
    return send(request, reply, {
      program: text,
      question,
      result: evaluateProgram(text, question),
    })
  })

  app.get('/assets/datalog/*', async (request, reply) => {
    const asset = files().modules.findByPath(request.url.replace(/\?.*$/, ''))
    if (!asset) throw new NotFoundError('There is no such file.')
    return sendAsset(request, reply, { asset, cacheControl: forEver })
  })

  interface Shown {
    readonly program: string
    readonly question: string
    readonly chosen?: Example | undefined
    readonly result?: ProgramResult
  }

  function send(request: FastifyRequest, reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
    const { program, question, chosen, result } = shown
    const { modules, examples } = files()
    return page(request, reply, {
      template: 'pages/admin/datalog',
      title: 'Datalog playground',
      isPrivate: true,
      status: result && result.problems.length > 0 ? 422 : 200,
      data: {
        program,
        question,
        examples: examples.map((example) => ({ ...example, isChosen: example === chosen })),
        script: modules.mainPath,
        result: result ? describeResult(result) : null,
      },
    })
  }
}

interface Files {
  readonly modules: BrowserModules
  readonly examples: readonly Example[]
}

function onDemand(load: () => Files): () => Files {
  let files: Files | undefined
  return () => (files ??= load())
}
