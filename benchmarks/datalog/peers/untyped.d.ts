declare module 'n3' {
  interface Term {
    readonly value: string
  }
  interface Quad {
    readonly subject: Term
    readonly object: Term
  }
  type Wanted = Term | null
  interface Store {
    addQuad(subject: Term, predicate: Term, object: Term): boolean
    countQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: null): number
    getQuads(subject: Wanted, predicate: Wanted, object: Wanted, graph: null): Quad[]
  }
  const n3: {
    readonly DataFactory: { namedNode(iri: string): Term }
    readonly Parser: new (options: object) => { parse(text: string): Quad[] }
    readonly Reasoner: new (store: Store) => { reason(rules: Store): void }
    readonly Store: new (quads?: Quad[]) => Store
  }
  export = n3
}

declare module 'datascript' {
  interface Database {
    readonly tag: 'datascript'
  }
  type Datom = readonly [entity: number, attribute: string, value: number]
  type Change = readonly [':db/add' | ':db/retract', ...Datom]
  const datascript: {
    init_db(datoms: readonly Datom[], schema: object): Database
    db_with(database: Database, changes: readonly Change[]): Database
    q(query: string, database: Database, ...inputs: readonly unknown[]): unknown
  }
  export = datascript
}
