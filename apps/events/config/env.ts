import type { Environment } from '@rose-ash/shared/infrastructure/config/load'

/** The only place in this app that reads the process's environment. */
export function readEnvironment(): Environment {
  return { ...process.env }
}
