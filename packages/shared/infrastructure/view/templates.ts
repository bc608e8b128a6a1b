import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import type { AppName } from '../../contracts/apps.ts'
import { may, type Permission } from '../../contracts/permissions.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'
import type { AppConfig } from '../config/schema.ts'
import type { Assets } from './assets.ts'
import { createFormats, type DateStyle } from './format.ts'
import { createTemplateLibrary } from './template-library.ts'

const sharedFolder = fileURLToPath(new URL('../../templates', import.meta.url))

/** Renders one template by its path without `.hbs`: `pages/home`, `fragments/cart-mini`. */
export type Render = (template: string, data: object) => string

/**
 * Compiles the shared templates and the app's own, which win where the path is the same. `strict`:
 * a name that the data does not have is an error and not an empty place.
 */
export function createRender(options: {
  config: Pick<AppConfig, 'platform' | 'publicUrls'>
  assets: Assets
  /** The app's `templates` folder. */
  folder: string
}): Render {
  const handlebars = Handlebars.create()
  registerHelpers(handlebars, options)
  const sources = new Map([...readTemplates(sharedFolder), ...readTemplates(options.folder)])
  const library = createTemplateLibrary(handlebars, sources, ['asset', 'url'])

  return (name, data) => {
    const template = library.find(name)
    if (!template) throw new Error(`There is no template named ${name}.`)
    return template(data)
  }
}

function* readTemplates(folder: string): Generator<[name: string, source: string]> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith('.hbs')) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).replaceAll(sep, '/').slice(0, -4)
    yield [name, readFileSync(path, 'utf8')]
  }
}

function registerHelpers(
  handlebars: typeof Handlebars,
  { config, assets }: { config: Pick<AppConfig, 'platform' | 'publicUrls'>; assets: Assets },
): void {
  const formats = createFormats(config.platform)
  handlebars.registerHelper({
    asset: (name: string) => assets.pathOf(name),
    // Many things have an address of their own: a bare {{url}} means that field.
    url(this: { readonly url?: unknown }, ...values: unknown[]) {
      if (values.length === 1) return ownUrl(this)
      const [app, path] = values as [AppName, string]
      return config.publicUrls[app] + path
    },
    money: (pence: number, currency: string) => formats.money(pence, currency),
    date: (value: Date, style: DateStyle, timeZone: unknown) =>
      formats.date(value, style, typeof timeZone === 'string' ? timeZone : undefined),
    /** For a part of an address. */
    encode: (text: string) => encodeURIComponent(text),
    plural: (count: number, one: string, many: string) => (count === 1 ? one : many),
    eq: (left: unknown, right: unknown) => left === right,
    // The last argument of a helper is always Handlebars' own options object.
    and: (...values: unknown[]) => values.slice(0, -1).every(Boolean),
    or: (...values: unknown[]) => values.slice(0, -1).some(Boolean),
    not: (value: unknown) => !value,
    /** On the whole site: for links only, since every route asks for itself. */
    may: (user: CurrentUser | null, permission: Permission) => may(user?.roles ?? [], permission),
  })
}

/** As `strict` does for every other field. */
function ownUrl({ url }: { readonly url?: unknown }): unknown {
  if (url === undefined) throw new Error('A template shows {{url}}, and its data has no url.')
  return url
}
