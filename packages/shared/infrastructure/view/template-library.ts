import Handlebars from 'handlebars'
import { type FoldedPartials, foldTemplate } from './fold-template.ts'

/** Parsed and compiled when they are first asked for: an app has many templates, and a start should be quick. */
export interface TemplateLibrary {
  /** Undefined when there is no such template. */
  find(name: string): Handlebars.TemplateDelegate | undefined
}

/**
 * `sources` by name; those that begin with `partials/` can be used in others. `constants` are helpers that always
 * give the same for the same words.
 */
export function createTemplateLibrary(
  handlebars: typeof Handlebars,
  sources: ReadonlyMap<string, string>,
  constants: readonly string[],
): TemplateLibrary {
  const options = {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(handlebars.helpers).map((name) => [name, true])),
  }
  const folded = new Map<string, hbs.AST.Program>()
  const compiled = new Map<string, Handlebars.TemplateDelegate>()
  const beingFolded = new Set<string>()
  const called = new Set<string>()

  const partials: FoldedPartials = {
    /** Undefined for one that stands in itself, too: it is called and not put in. */
    bodyOf: (name) => (beingFolded.has(name) ? undefined : fold(`partials/${name}`)?.body),
    keepCall(name) {
      called.add(name)
      if (!beingFolded.has(name)) register(name)
    },
    valueOf: (helper, words) =>
      constants.includes(helper)
        ? Handlebars.escapeExpression(handlebars.helpers[helper]!(...words, {}))
        : undefined,
  }

  function fold(name: string): hbs.AST.Program | undefined {
    const known = folded.get(name)
    if (known) return known
    const source = sources.get(name)
    if (source === undefined) return undefined
    const partial = name.replace(/^partials\//, '')
    beingFolded.add(partial)
    const program = foldTemplate(Handlebars.parse(source), partials)
    beingFolded.delete(partial)
    folded.set(name, program)
    if (called.has(partial)) register(partial)
    return program
  }

  function register(partial: string): void {
    const program = partial in handlebars.partials ? undefined : fold(`partials/${partial}`)
    if (program) handlebars.registerPartial(partial, handlebars.compile(program, options))
  }

  return {
    find(name) {
      const known = compiled.get(name)
      if (known) return known
      const program = fold(name)
      if (!program) return undefined
      const template = handlebars.compile(program, options)
      compiled.set(name, template)
      return template
    },
  }
}
