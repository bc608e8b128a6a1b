import type { Companion } from '../../graph/graph-views.ts'
import type { Key } from '../../graph/kv/key.ts'
import type { KvChange, KvOperation, KvValue } from '../../graph/kv/kv-store.ts'
import { emptyType, type RelationSpec, relationSpec, type TypeSpec, typeSpec } from './metamodel.ts'

const prefix: Key = ['metamodel']

/** What types and relations say of themselves, kept in memory in step with the store. */
export class Catalog implements Companion {
  readonly prefix = prefix
  readonly #types = new Map<string, TypeSpec>()
  readonly #relations = new Map<string, RelationSpec>()

  /** Slugs, in their order. */
  get types(): readonly string[] {
    return [...this.#types.keys()].toSorted()
  }

  get relations(): readonly string[] {
    return [...this.#relations.keys()].toSorted()
  }

  findType(slug: string): TypeSpec | undefined {
    return this.#types.get(slug)
  }

  /** One that has no entry asks for nothing. */
  getType(slug: string): TypeSpec {
    return this.#types.get(slug) ?? emptyType
  }

  findRelation(slug: string): RelationSpec | undefined {
    return this.#relations.get(slug)
  }

  isSymmetric(kind: string): boolean {
    return this.#relations.get(kind)?.isSymmetric ?? false
  }

  apply({ key, value }: KvChange): void {
    const [, kind, slug] = key
    if (typeof slug !== 'string') return
    const known: Map<string, unknown> = kind === 'type' ? this.#types : this.#relations
    const read = (kind === 'type' ? typeSpec : relationSpec).safeParse(value)
    if (read.success) known.set(slug, read.data)
    else known.delete(slug)
  }

  reset(): void {
    this.#types.clear()
    this.#relations.clear()
  }
}

export function putType(slug: string, spec: TypeSpec): KvOperation {
  return { kind: 'put', key: [...prefix, 'type', slug], value: jsonOf(spec) }
}

export function putRelation(slug: string, spec: RelationSpec): KvOperation {
  return { kind: 'put', key: [...prefix, 'relation', slug], value: jsonOf(spec) }
}

export function deleteType(slug: string): KvOperation {
  return { kind: 'delete', key: [...prefix, 'type', slug] }
}

export function deleteRelation(slug: string): KvOperation {
  return { kind: 'delete', key: [...prefix, 'relation', slug] }
}

/** Without what is undefined. */
function jsonOf(spec: TypeSpec | RelationSpec): KvValue {
  return JSON.parse(JSON.stringify(spec)) as KvValue
}
