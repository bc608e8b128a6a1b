import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import underPressure from '@fastify/under-pressure'
import { fastify, type FastifyInstance } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { Services } from '../../contracts/services.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'
import { prepareToClose } from '../closing.ts'
import type { AppConfig } from '../config/schema.ts'
import { createFragmentClient } from '../fragments/client.ts'
import { type FragmentProviders, fragmentRoutes } from '../fragments/routes.ts'
import { deriveKey } from '../keys.ts'
import { mediaRoutes } from '../media-routes.ts'
import { createCookieJar } from '../sessions/cookies.ts'
import { createIdentity, type Identity } from '../sessions/identity.ts'
import { createSessionStore } from '../sessions/session-store.ts'
import { signOnRoutes } from '../sign-on/routes.ts'
import { assetRoutes } from '../view/asset-routes.ts'
import { createPageCache, type PageCache } from '../view/page-cache.ts'
import { createPageRenderer, type PageRenderer } from '../view/page.ts'
import { createRender, type Render } from '../view/templates.ts'
import type { AppDependencies } from './dependencies.ts'
import { addErrorHandling } from './errors.ts'
import { healthRoutes } from './health.ts'
import { measureRequests } from './metrics.ts'
import { addRequestLog, serverOptions } from './requests.ts'
import { addSecurity } from './security.ts'

declare module 'fastify' {
  interface FastifyInstance {
    readonly config: AppConfig
    readonly services: Services
  }
  interface FastifyRequest {
    /** The signed-in member; undefined for everybody else. */
    user: CurrentUser | undefined
  }
}

/** How long answers under way may take once the process is to end. */
const closeMilliseconds = 8000

/** Routes that are the same whoever asks: they must not cost a look at the session, or fail with it. */
const isForEverybody = /^\/(assets|content|internal|health|ready|favicon\.\w+)\b/

/** What an app has before it adds its own routes. */
export interface AppShell {
  readonly app: FastifyInstance
  readonly page: PageRenderer
  /** For pages that are the same for every stranger. */
  readonly pageCache: PageCache
  readonly render: Render
  readonly identity: Identity
}

export interface ShellOptions {
  /** The app's `templates` folder. */
  readonly templates: string
  /** Whether some route takes large files: then a request may take an hour. */
  readonly acceptsUploads?: boolean
  /** Made from the app's own renderer, since fragments are rendered too. */
  readonly fragments: (render: Render) => FragmentProviders
}

/**
 * The part that all six apps share: limits, security headers, sessions, sign-on, static files,
 * fragments, health, errors. The app registers its routes on `app` and returns it.
 */
export async function createAppShell(
  dependencies: AppDependencies,
  options: ShellOptions,
): Promise<AppShell> {
  const { config, connection, cache, log, services, assets, internal } = dependencies
  const app = fastify(
    serverOptions(config, { log, acceptsUploads: options.acceptsUploads ?? false }),
  )
  app.setValidatorCompiler(validatorCompiler)
  app.decorate('config', config)
  app.decorate('services', services)
  app.decorateRequest('user', undefined)

  const render = createRender({ config, assets, folder: options.templates })
  const identity = createIdentity(
    createCookieJar({
      publicUrl: config.publicUrls[config.app],
      deviceKey: deriveKey(config.secretKey, 'device-cookie'),
    }),
    createSessionStore({ app: config.app, database: connection.database, cache }),
  )
  const parts = { config, render, fragments: createFragmentClient({ cache, internal, log }) }
  const page = createPageRenderer({ ...parts, identity })
  const pageCache = createPageCache({ ...parts, page, identity, cache })

  const finishAnswers = prepareToClose(app.server, closeMilliseconds)
  app.addHook('preClose', async () => finishAnswers())
  addRequestLog(app)
  measureRequests(app, dependencies.metrics)
  addErrorHandling(app, page)
  await app.register(underPressure, {
    maxEventLoopDelay: config.limits.eventLoopDelayMilliseconds,
    exposeStatusRoute: false,
    retryAfter: 5,
  })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: config.limits.bodyBytes })
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'] })
  await addSecurity(app, config)

  await app.register(healthRoutes, { connection, cache })
  await app.register(assetRoutes, { assets })
  await app.register(mediaRoutes, { mediaFolder: config.mediaFolder })
  await app.register(fragmentRoutes, {
    fragments: options.fragments(render),
    signatureKey: deriveKey(config.secretKey, 'internal-signature'),
  })

  app.addHook('preValidation', async (request) => {
    if (!isForEverybody.test(request.routeOptions.url ?? '')) await identity.identify(request)
  })
  await app.register(signOnRoutes, {
    config,
    connection,
    cache,
    services,
    identity,
    internal,
    page,
  })
  return { app, page, pageCache, render, identity }
}
