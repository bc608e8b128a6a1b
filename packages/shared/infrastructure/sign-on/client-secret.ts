import { createHmac } from 'node:crypto'
import type { AppName } from '../../contracts/apps.ts'
import { deriveKey } from '../keys.ts'

/** The OAuth client secret of one of our own apps. Both sides derive it, so it is kept nowhere. */
export function clientSecret(secretKey: string, app: AppName): string {
  return createHmac('sha256', deriveKey(secretKey, 'oidc')).update(app).digest('base64url')
}
