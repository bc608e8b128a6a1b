interface Kept {
  readonly name: string
  readonly value: string
  readonly host: string
  readonly path: string
  readonly expiresAt: number
}

/** Cookies as browsers keep them: by host, whatever the port (RFC 6265), without `Domain`. */
export class CookieJar {
  #cookies: Kept[] = []

  headerFor(url: URL): string {
    const now = Date.now()
    return this.#cookies
      .filter((cookie) => cookie.expiresAt > now && cookie.host === url.hostname)
      .filter(({ path }) => isWithin(url.pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  keep(url: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const cookie = parse(url, line)
      this.#remove((kept) => isSame(kept, cookie))
      if (cookie.expiresAt > Date.now()) this.#cookies.push(cookie)
    }
  }

  find(host: string, name: string): string | undefined {
    return this.#cookies.find((cookie) => cookie.host === host && cookie.name === name)?.value
  }

  names(host: string): string[] {
    return this.#cookies.filter((cookie) => cookie.host === host).map(({ name }) => name)
  }

  set(host: string, name: string, value: string): void {
    this.keep(new URL(`http://${host}/`), [`${name}=${value}; Path=/; HttpOnly`])
  }

  /** All of a host's, or those with one name. */
  forget(host: string, name?: string): void {
    this.#remove((cookie) => cookie.host === host && (name === undefined || cookie.name === name))
  }

  #remove(isGone: (cookie: Kept) => boolean): void {
    this.#cookies = this.#cookies.filter((cookie) => !isGone(cookie))
  }
}

function parse(url: URL, line: string): Kept {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const equals = pair.indexOf('=')
  const attribute = (name: string) => {
    const found = attributes.find((part) => part.toLowerCase().startsWith(`${name}=`))
    return found?.slice(name.length + 1)
  }
  const maxAge = attribute('max-age')
  const expires = attribute('expires')
  const expiresAt = expires ? Date.parse(expires) : Number.POSITIVE_INFINITY
  return {
    name: pair.slice(0, equals),
    value: pair.slice(equals + 1),
    host: url.hostname,
    path: attribute('path') ?? '/',
    expiresAt: maxAge === undefined ? expiresAt : Date.now() + Number(maxAge) * 1000,
  }
}

function isSame(left: Kept, right: Kept): boolean {
  return left.name === right.name && left.host === right.host && left.path === right.path
}

function isWithin(pathname: string, path: string): boolean {
  return path === '/' || pathname === path || pathname.startsWith(`${path.replace(/\/$/, '')}/`)
}
