import { z } from 'zod'
import { appNames, type AppName } from '../../contracts/apps.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''))
const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((value) => value === 'true'),
])

function perApp<Value extends z.ZodType>(value: Value) {
  return z.object(
    Object.fromEntries(appNames.map((name) => [name, value])) as Record<AppName, Value>,
  )
}

/** What an app runs on. Made by `loadConfig`; URLs have no slash at the end. */
export const appConfigSchema = z.object({
  app: z.enum(appNames),
  platform: z.object({
    name: z.string().min(1),
    tagline: z.string(),
    language: z.string().min(2),
    timeZone: z.string().min(1),
    currency: z.string().length(3),
  }),
  publicUrls: perApp(url),
  internalUrls: perApp(url),
  host: z.string().min(1),
  port,
  /** Where `/metrics` listens; never the public port. */
  metricsHost: z.string().min(1),
  metricsPort: port,
  /** How many proxies stand in front; their `X-Forwarded-*` headers are believed. 0: none. */
  trustedProxies: z.coerce.number().int().min(0),
  databaseUrl: z.url({ protocol: /^postgres(ql)?$/ }),
  databasePoolSize: z.coerce.number().int().min(1),
  redisUrl: z.url({ protocol: /^rediss?$/ }).optional(),
  secretKey: z.string().min(32),
  smtpUrl: z.url({ protocol: /^smtps?$/ }),
  mailFrom: z.string().min(3),
  mediaFolder: z.string().min(1),
  /**
   * Hosts of private addresses (`ghost.internal:2368`) that may be asked though a stranger or an editor
   * names them. All others on private addresses are refused.
   */
  privateHosts: z
    .union([
      z.array(z.string()),
      z.string().transform((list) => list.split(/[\s,]+/).filter(Boolean)),
    ])
    .default([]),
  runMigrations: flag,
  /** How long a page for strangers is kept at most; what changes it ends it at once. 0: not at all. */
  pageCacheSeconds: z.coerce.number().int().min(0),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  limits: z.object({
    bodyBytes: z.coerce.number().int().min(1024),
    uploadBytes: z.coerce.number().int().min(1024),
    requestTimeoutSeconds: z.coerce.number().min(1),
    writesPerMinute: z.coerce.number().int().min(1),
    /** A process that is so busy sends visitors away for a moment; 0: never. */
    eventLoopDelayMilliseconds: z.coerce.number().int().min(0),
  }),
})

export type AppConfig = z.output<typeof appConfigSchema>
