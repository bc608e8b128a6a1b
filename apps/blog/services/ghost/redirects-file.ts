import { isAlias, LineCounter, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { GhostFileError } from './import-error.ts'

/** One line of a redirects file, as it stands there. */
export interface FileRedirect {
  readonly from: string
  readonly to: string
  readonly permanent: boolean
}

const address = z.string().min(1).max(2000)
const yamlSchema = z
  .looseObject({ 301: z.record(z.string(), address), 302: z.record(z.string(), address) })
  .partial()
const jsonSchema = z.array(
  z.looseObject({ from: address, to: address, permanent: z.boolean().nullish() }),
)

/** `redirects.yaml`: `301` and `302`, each `from: to`, in their order. Throws GhostFileError. */
export function readRedirectsYaml(text: string): readonly FileRedirect[] {
  const parsed = yamlSchema.safeParse(parseYaml(text) ?? {})
  if (!parsed.success) throw new GhostFileError(`The redirects are not of the form “from: to”`)
  return ([301, 302] as const).flatMap((status) =>
    Object.entries(parsed.data[status] ?? {}).map(([from, to]) => ({
      from,
      to,
      permanent: status === 301,
    })),
  )
}

/** `redirects.json` of older sites. Throws GhostFileError. */
export function readRedirectsJson(text: string): readonly FileRedirect[] {
  const parsed = jsonSchema.safeParse(parseJson(text))
  if (!parsed.success) {
    throw new GhostFileError('The redirects are not a list of “from”, “to” and “permanent”')
  }
  return parsed.data.map(({ from, to, permanent }) => ({ from, to, permanent: permanent === true }))
}

/** Plain values; no anchors, which could make a small text a large one. Throws GhostFileError. */
export function parseYaml(text: string): unknown {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, logLevel: 'silent' })
  const [error] = document.errors
  if (error) {
    const { line } = lineCounter.linePos(error.pos[0])
    throw new GhostFileError('The file is not sound YAML', { line })
  }
  visit(document, (_key, node) => {
    if (isAlias(node)) throw new GhostFileError('The file has YAML aliases, which are not taken')
  })
  return document.toJS()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new GhostFileError('The file is not valid JSON', {}, { cause })
  }
}
