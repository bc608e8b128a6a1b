import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { z } from 'zod'
import { appNames, type AppName } from '../../contracts/apps.ts'
import { type AppConfig, appConfigSchema } from './schema.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface ConfigSource {
  readonly app: AppName
  /** Path of `_config/app-config.yaml`. */
  readonly file: string
  readonly environment: Environment
}

/** Tells the operator which key is wrong, what was found and what was expected. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Environment variable for each key that has one; the environment wins over the file. */
const variables: Readonly<Record<string, string>> = {
  host: 'HOST',
  port: 'PORT',
  metricsHost: 'METRICS_HOST',
  metricsPort: 'METRICS_PORT',
  trustedProxies: 'TRUSTED_PROXIES',
  databaseUrl: 'DATABASE_URL',
  databasePoolSize: 'DATABASE_POOL_SIZE',
  redisUrl: 'REDIS_URL',
  secretKey: 'SECRET_KEY',
  smtpUrl: 'SMTP_URL',
  mailFrom: 'MAIL_FROM',
  mediaFolder: 'MEDIA_FOLDER',
  privateHosts: 'PRIVATE_HOSTS',
  runMigrations: 'RUN_MIGRATIONS',
  pageCacheSeconds: 'PAGE_CACHE_SECONDS',
  logLevel: 'LOG_LEVEL',
}

const secrets = new Set(['secretKey', 'databaseUrl', 'redisUrl', 'smtpUrl'])

/** Reads the file, lays the environment over it and checks the whole. Throws ConfigError. */
export function loadConfig(source: ConfigSource): AppConfig {
  const file = readConfigFile(source.file)
  return checkConfig(merge(file, source), source.file)
}

function readConfigFile(path: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(`The configuration file ${path} cannot be read.`, { cause })
  }
  const parsed: unknown = parse(text)
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
    return parsed as Record<string, unknown>
  }
  throw new ConfigError(`The configuration file ${path} must hold a table of keys.`)
}

function merge(file: Record<string, unknown>, { app, environment }: ConfigSource) {
  const merged: Record<string, unknown> = { ...file, app }
  for (const [key, variable] of Object.entries(variables)) {
    const value = environment[variable]
    if (value !== undefined && value !== '') merged[key] = value
  }
  merged['publicUrls'] = mergeUrls(file['publicUrls'], 'PUBLIC_URL', environment)
  merged['internalUrls'] = mergeUrls(file['internalUrls'], 'INTERNAL_URL', environment)
  return merged
}

function mergeUrls(fromFile: unknown, prefix: string, environment: Environment) {
  const urls: Record<string, unknown> = { ...(fromFile as Record<string, unknown> | undefined) }
  for (const name of appNames) {
    const value = environment[`${prefix}_${name.toUpperCase()}`]
    if (value) urls[name] = value
  }
  return urls
}

/** Checks values that come from elsewhere than a file, for example from the one-process shape. */
export function checkConfig(values: unknown, origin: string): AppConfig {
  const result = appConfigSchema.safeParse(values)
  if (result.success) return result.data
  const sentences = result.error.issues.map((issue) => sentence(issue, values))
  throw new ConfigError(`The configuration (${origin}) is not right:\n  ${sentences.join('\n  ')}`)
}

function sentence(issue: z.core.$ZodIssue, values: unknown): string {
  const key = issue.path.join('.')
  const variable = variableOf(issue.path)
  const isHidden = secrets.has(key) && valueAt(issue.path, values) !== undefined
  const found = isHidden ? 'a value that is not shown' : describeFound(issue.path, values)
  const name = variable ? `${key} (${variable} in the environment)` : key
  return `${name}: ${issue.message}; found ${found}.`
}

function variableOf(path: readonly PropertyKey[]): string | undefined {
  const [first, second] = path.map(String)
  if (first === 'publicUrls') return `PUBLIC_URL_${second?.toUpperCase()}`
  if (first === 'internalUrls') return `INTERNAL_URL_${second?.toUpperCase()}`
  return first === undefined ? undefined : variables[first]
}

function describeFound(path: readonly PropertyKey[], values: unknown): string {
  const value = valueAt(path, values)
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function valueAt(path: readonly PropertyKey[], values: unknown): unknown {
  let value = values
  for (const part of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[part]
  return value
}
