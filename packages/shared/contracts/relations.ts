import type { AppName } from './apps.ts'

/** An object of any app, by its type and id: `page`, a uuid. */
export interface RelationNode {
  readonly type: string
  /** At most 200 characters, none of them a space. */
  readonly id: string
}

export type RelationCardinality = 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many'

/** A sort of relation that there may be, declared in `services/relations/relation-types.ts`. */
export interface RelationType {
  /** `page->calendar`. */
  readonly name: string
  readonly fromType: string
  readonly toType: string
  /** Of how many parents a child may be, and how many children a parent may have. */
  readonly cardinality: RelationCardinality
  readonly label: string
  /** Menus are made of it. */
  readonly isNavigation: boolean
  /** Nothing may be below itself. */
  readonly isTree: boolean
  /** Whose the children are: activities about the relation come from there. */
  readonly app: AppName
}

/** What is known of a relation besides its ends. What is left out of a relation that is there stays. */
export interface RelationDetails {
  /** What the child is called here; null for its own name. At most 200 characters. */
  readonly label?: string | null | undefined
  /** Among the children of one parent, within a million of 0. Without it, a new child comes last. */
  readonly sortOrder?: number | undefined
  /** Plain JSON. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
}

export interface RelationEnds {
  readonly relationType: string
  readonly from: RelationNode
  readonly to: RelationNode
}

export interface NewRelation extends RelationEnds, RelationDetails {}

export interface Relation extends RelationEnds {
  readonly id: string
  readonly label: string | null
  readonly sortOrder: number
  readonly metadata: Readonly<Record<string, unknown>>
}

export interface ParentAndChild {
  readonly parent: RelationNode
  readonly child: RelationNode
  /** Only needed where several are declared between the types of the two. */
  readonly relationType?: string | undefined
}

export interface AttachedChild extends ParentAndChild, RelationDetails {}

export interface ChildOrder {
  readonly parent: RelationNode
  readonly relationType: string
  readonly childIds: readonly string[]
}

export type CanRelate = { readonly can: true } | { readonly can: false; readonly reason: string }

export interface RelationsQuestion {
  /** All types without it. */
  readonly relationType?: string | undefined
  /** At most so many, 1 to 200; 200 without it. */
  readonly limit?: number | undefined
  /** Id of the last relation of the page before. It may have been taken away since. */
  readonly after?: string | undefined
}

export interface WalkQuestion {
  /** Ways of this type only; of all types without it. */
  readonly relationType?: string | undefined
  /** In steps, 1 to 50; 50 without it. */
  readonly maxDepth?: number | undefined
  /** Nearest first, 1 to 10 000; 10 000 without it. */
  readonly limit?: number | undefined
}

/** A node that was reached from another, and in how many steps. */
export interface DistantNode extends RelationNode {
  readonly depth: number
}

/**
 * A READ COMMITTED transaction that the caller has open, as Drizzle hands it over. Contracts know no
 * database, so it is known by what only a transaction has.
 */
export interface OpenTransaction {
  rollback(): never
}

/**
 * What belongs to what, between objects of any app. It never makes objects, and does not know whether
 * they exist. A relation that is taken away leaves its row: who relates the two again gets the same id
 * and nothing else of what it was.
 *
 * Every write is atomic, also inside a caller's transaction, which can go on after a refusal. Of two
 * writes at once that do not fit together one is refused. Throws InvalidInputError for what does not
 * fit the declared types, and ConflictError where there may be no more, or no circle.
 */
export interface RelationsService {
  readonly types: readonly RelationType[]
  /** Makes or revives a relation, or changes the details of one that is there. */
  relate(relation: NewRelation, transaction?: OpenTransaction): Promise<Relation>
  /** False when there was none. */
  unrelate(ends: RelationEnds, transaction?: OpenTransaction): Promise<boolean>
  /** Whether `relate` would go through this moment. */
  canRelate(ends: RelationEnds): Promise<CanRelate>
  /** `relate` by the types of both ends. */
  attach(child: AttachedChild, transaction?: OpenTransaction): Promise<Relation>
  /** `unrelate` by the types of both ends. */
  detach(child: ParentAndChild, transaction?: OpenTransaction): Promise<boolean>
  /** Takes away every relation of a node, at whichever end: it is no more. Returns how many there were. */
  detachAll(node: RelationNode, transaction?: OpenTransaction): Promise<number>
  /**
   * Puts all children of one type in this order. Each must be named once, and only those, or else
   * InvalidInputError names the ids.
   */
  reorder(order: ChildOrder, transaction?: OpenTransaction): Promise<void>
  /** In their order. */
  children(parent: RelationNode, question?: RelationsQuestion): Promise<readonly Relation[]>
  /** In the order in which they came to have the child. */
  parents(child: RelationNode, question?: RelationsQuestion): Promise<readonly Relation[]>
  /** All that is above a node, each once with the shortest way; a circle is no harm. */
  ancestors(node: RelationNode, question?: WalkQuestion): Promise<readonly DistantNode[]>
  descendants(node: RelationNode, question?: WalkQuestion): Promise<readonly DistantNode[]>
}
