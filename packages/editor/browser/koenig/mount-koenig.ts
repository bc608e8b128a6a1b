/// <reference lib="dom" />
import {
  DEFAULT_NODES,
  type KoenigApi,
  KoenigComposer,
  KoenigEditor,
  WordCountPlugin,
} from '@tryghost/koenig-lexical'
import { createElement, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { MountPostEditor, PostEditorOptions } from '../post-editor.ts'
import { createCardConfig } from './card-config.ts'
import { createFileUploader } from './file-uploader.ts'
import { insertHtml } from './insert-html.ts'
import { keepNamed } from './keep-named.ts'

/** Ghost's own editor. It knows every card of Ghost's, which is why documents survive it. */
export const mountKoenig: MountPostEditor = (element, options) =>
  new Promise((resolve, reject) => {
    const root = createRoot(element)
    const stopNaming = keepNamed(element)
    let wordCount = 0
    const failed = (error: Error) => {
      // While it opens this is a document that it cannot show; later, one update that it takes back.
      reject(error)
    }
    const opened = (api: KoenigApi | null) => {
      if (!api) return
      resolve({
        serialize: () => api.serialize(),
        get wordCount() {
          return wordCount
        },
        insertHtml: (html) => insertHtml(api.editorInstance, html),
        destroy() {
          stopNaming()
          root.unmount()
        },
      })
    }
    root.render(
      createElement(Koenig, {
        ...options,
        opened,
        failed,
        counted: (count) => {
          wordCount = count
          options.onChange()
        },
      }),
    )
  })

interface Properties extends PostEditorOptions {
  readonly opened: (api: KoenigApi | null) => void
  readonly failed: (error: Error) => void
  readonly counted: (count: number) => void
}

// Each of these must stay the same from one rendering to the next, or the editor begins anew.
function Koenig(properties: Properties) {
  const { adapters, initialDocument } = properties
  const [isDark, setDark] = useState(adapters.theme.isDark())
  const [snippets, setSnippets] = useState(adapters.snippets.list())
  const [uploader] = useState(() => createFileUploader(adapters))
  const [callbacks] = useState(properties)
  useEffect(() => adapters.theme.onChange(() => setDark(adapters.theme.isDark())), [adapters])
  useEffect(
    () => adapters.snippets.onChange(() => setSnippets(adapters.snippets.list())),
    [adapters],
  )
  return createElement(
    KoenigComposer,
    {
      initialEditorState: initialDocument,
      nodes: DEFAULT_NODES,
      cardConfig: createCardConfig(adapters, snippets),
      fileUploader: uploader,
      darkMode: isDark,
      onError: callbacks.failed,
    },
    createElement(
      KoenigEditor,
      {
        registerAPI: callbacks.opened,
        onChange: callbacks.onChange,
        placeholderText: 'Begin to write, or type / for a list of cards',
      },
      createElement(WordCountPlugin, { onChange: callbacks.counted }),
    ),
  )
}
