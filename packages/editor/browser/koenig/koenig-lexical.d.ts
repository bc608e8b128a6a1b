/** `@tryghost/koenig-lexical` has no types of its own: this is as much of it as is used here. */
declare module '@tryghost/koenig-lexical' {
  import type { FunctionComponent, ReactNode } from 'react'

  export interface KoenigNode {
    insertAfter(node: KoenigNode): void
    append(node: KoenigNode): void
    getTopLevelElement(): KoenigNode | null
  }

  export interface KoenigNodeClass {
    new (dataset: object): KoenigNode
    getType(): string
  }

  /** Lexical's editor; the parts with an underscore are its own. */
  export interface KoenigInstance {
    readonly _nodes: ReadonlyMap<string, { readonly klass: KoenigNodeClass }>
    readonly _pendingEditorState: KoenigState | null
    getEditorState(): KoenigState
    update(change: () => void): void
  }

  export interface KoenigState {
    readonly _nodeMap: ReadonlyMap<string, KoenigNode>
    readonly _selection: { getNodes(): readonly KoenigNode[] } | null
  }

  export interface KoenigApi {
    readonly editorInstance: KoenigInstance
    serialize(): string
  }

  export const DEFAULT_NODES: readonly unknown[]

  export const KoenigComposer: FunctionComponent<{
    readonly initialEditorState?: string | undefined
    readonly nodes: readonly unknown[]
    readonly cardConfig: object
    readonly fileUploader: object
    readonly darkMode: boolean
    readonly isTKEnabled?: boolean
    readonly onError: (error: Error) => void
    readonly children?: ReactNode
  }>

  export const KoenigEditor: FunctionComponent<{
    readonly registerAPI: (api: KoenigApi | null) => void
    readonly onChange: () => void
    readonly placeholderText?: string
    readonly children?: ReactNode
  }>

  export const WordCountPlugin: FunctionComponent<{ readonly onChange: (count: number) => void }>
}
