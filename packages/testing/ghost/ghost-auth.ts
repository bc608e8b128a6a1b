import { createHmac, timingSafeEqual } from 'node:crypto'

export interface GhostFault {
  readonly status: number
  readonly message: string
  readonly type: string
  readonly code: string | null
}

const types: Readonly<Record<number, string>> = {
  400: 'BadRequestError',
  401: 'UnauthorizedError',
  403: 'NoPermissionError',
  404: 'NotFoundError',
}

/** Undefined when the request carries a sound token of this key (`id:secret`). */
export function refuseAdmin(
  authorization: string | undefined,
  key: string,
): GhostFault | undefined {
  const [scheme, token = ''] = (authorization ?? '').split(' ')
  if (scheme !== 'Ghost') {
    return fault(403, 'Authorization failed', null)
  }
  const [head = '', claims = '', signature = ''] = token.split('.')
  const header = decode(head)
  const body = decode(claims)
  if (!header || !body) return fault(400, 'Invalid token', 'INVALID_JWT')
  const [id = '', secret = ''] = key.split(':')
  if (header['kid'] !== id) {
    return fault(401, 'Unknown Admin API Key', 'UNKNOWN_ADMIN_API_KEY')
  }
  const expected = createHmac('sha256', Buffer.from(secret, 'hex'))
    .update(`${head}.${claims}`)
    .digest()
  const given = Buffer.from(signature, 'base64url')
  const isSigned = given.length === expected.length && timingSafeEqual(given, expected)
  const now = Date.now() / 1000
  const [issued, expires] = [Number(body['iat']), Number(body['exp'])]
  const isInTime = issued <= now + 1 && expires > now && expires - issued <= 300
  if (header['alg'] !== 'HS256' || !isSigned || !isInTime || body['aud'] !== '/admin/') {
    return fault(401, 'Invalid token', 'INVALID_JWT')
  }
  return undefined
}

export function refuseContent(given: string | null, key: string): GhostFault | undefined {
  if (given === key) return undefined
  return fault(401, 'Unknown Content API Key', 'UNKNOWN_CONTENT_API_KEY')
}

export function fault(status: number, message: string, code: string | null = null): GhostFault {
  return { status, message, type: types[status] ?? 'InternalServerError', code }
}

export function faultBody({ message, type, code }: GhostFault): object {
  const rest = { details: null, property: null, help: null, code, id: 'a', ghostErrorCode: null }
  return { errors: [{ message, context: null, type, ...rest }] }
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
