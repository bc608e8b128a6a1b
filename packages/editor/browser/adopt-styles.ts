/// <reference lib="dom" />
import { scaleStyles } from './scale-styles.ts'

/** Stands for a `<style>`: its rules apply to the document or shadow root that it is put into. */
class AdoptedStyle extends HTMLElement {
  readonly sheet = new CSSStyleSheet()
  #root: Document | ShadowRoot | undefined

  connectedCallback(): void {
    const root = this.getRootNode()
    if (!(root instanceof Document || root instanceof ShadowRoot)) return
    this.hidden = true
    this.#root = root
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.sheet]
  }

  disconnectedCallback(): void {
    const root = this.#root
    if (!root) return
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet)
    this.#root = undefined
  }

  override set textContent(rules: string | null) {
    this.sheet.replaceSync(scaleStyles(rules ?? ''))
  }

  override get textContent(): string {
    return [...this.sheet.cssRules].map((rule) => rule.cssText).join('\n')
  }

  override set innerHTML(rules: string) {
    this.textContent = rules
  }

  override get innerHTML(): string {
    return this.textContent
  }
}

/**
 * The editor's parts bring styles as `<style>` elements, which `style-src 'self'` forbids. What scripts
 * make as a stylesheet object is allowed, so from now on this page's scripts get that instead.
 */
export function adoptStyles(): void {
  customElements.define('adopted-style', AdoptedStyle)
  const plain = document.createElement.bind(document)
  const inNamespace = document.createElementNS.bind(document)
  Object.assign(document, {
    createElement: (name: string, options?: ElementCreationOptions) =>
      name === 'style' ? new AdoptedStyle() : plain(name, options),
    createElementNS: (namespace: string, name: string, options?: ElementCreationOptions) =>
      name === 'style' ? new AdoptedStyle() : inNamespace(namespace, name, options),
  })
}
