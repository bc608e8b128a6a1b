/// <reference lib="dom" />
import type { EditorAdapters } from './adapters.ts'

/** The site's theme as its switch leaves it (`data-theme`), or as the system has it. */
export function createTheme(): EditorAdapters['theme'] {
  const root = document.documentElement
  const system = matchMedia('(prefers-color-scheme: dark)')
  return {
    isDark: () => (root.dataset['theme'] ? root.dataset['theme'] === 'dark' : system.matches),
    onChange(listener) {
      const observer = new MutationObserver(listener)
      observer.observe(root, { attributeFilter: ['data-theme'] })
      system.addEventListener('change', listener)
      return () => {
        observer.disconnect()
        system.removeEventListener('change', listener)
      }
    },
  }
}
