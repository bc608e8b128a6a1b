/// <reference lib="dom" />
import { adoptStyles } from './adopt-styles.ts'
import { mountKoenig } from './koenig/mount-koenig.ts'
import { definePostEditorElement } from './post-editor-element.ts'

adoptStyles()
// The one place that says which editor it is.
definePostEditorElement(mountKoenig)
