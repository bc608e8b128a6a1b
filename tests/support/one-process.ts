import { startPlatform, type Platform } from '@rose-ash/local/platform'
import type { TestContent } from './content.ts'

/** The six apps as `pnpm start` runs them: in one process, behind one port. */
export function startOneProcess(content: TestContent): Promise<Platform> {
  return startPlatform({
    ...content,
    secretKey: 'the secret key of a test, long enough',
    port: 0,
    logLevel: 'silent',
  })
}
