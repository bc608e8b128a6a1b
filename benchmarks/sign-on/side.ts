/** A client that is registered at an authorization server, confidential and with one redirect address. */
export interface RegisteredClient {
  readonly id: string
  readonly secret: string
  readonly redirectUri: string
}

/** An authorization server in a process of its own. Both have their endpoints at the same paths. */
export interface Side extends AsyncDisposable {
  readonly title: string
  /** `http://….localhost:<port>`; it listens on 127.0.0.1. */
  readonly issuer: string
  readonly client: RegisteredClient
  /** Signs somebody new in, with a browser of their own. Returns its `Cookie` header. */
  signIn(): Promise<string>
  /** Of its process since it started; without PostgreSQL. */
  cpuSeconds(): Promise<number>
}
