/// <reference lib="dom" />
import { askServer } from './ask-server.ts'
import { actionButton, element } from './elements.ts'
import { withQuery } from './site-adapters.ts'

export interface BlockDialog {
  readonly element: HTMLDialogElement
  open(): void
}

interface FoundBlock {
  readonly title: string
  readonly note: string
  /** What goes into the text. */
  readonly html: string
}

const kinds = { product: 'Product', event: 'Event', list: 'Live list', cart: 'Basket' } as const

const patienceMilliseconds = 200

/** Finds a product, an event or a list, and gives the HTML that stands for it in a text. */
export function createBlockDialog(url: string, onChosen: (html: string) => void): BlockDialog {
  const choices = Object.entries(kinds).map(([kind, name], index) =>
    element(
      'label',
      { class: 'row' },
      element('input', {
        type: 'radio',
        name: 'kind',
        value: kind,
        ...(index === 0 && { checked: '' }),
      }),
      name,
    ),
  )
  const query = element('input', {
    class: 'input',
    id: 'block-query',
    type: 'search',
    name: 'q',
    autocomplete: 'off',
  })
  const found = element('ul', { class: 'post-editor-blocks', 'aria-label': 'What was found' })
  const said = element('p', { class: 'faint', role: 'status', 'aria-live': 'polite' })
  const form = element(
    'form',
    { class: 'stack' },
    element(
      'fieldset',
      { class: 'choices' },
      element('legend', { class: 'field-label' }, 'What it shows'),
      ...choices,
    ),
    element(
      'div',
      { class: 'field' },
      element('label', { class: 'field-label', for: query.id }, 'Search'),
      query,
    ),
    said,
    found,
    actionButton('Cancel', 'button-quiet button-small', () => dialog.close()),
  )
  const title = element('h2', { id: 'block-dialog-title' }, 'Insert block')
  const dialog = element(
    'dialog',
    { class: 'post-editor-dialog', 'aria-labelledby': title.id },
    title,
    form,
  )

  let turn = 0
  const search = async () => {
    turn += 1
    const mine = turn
    const kind = form.querySelector<HTMLInputElement>('[name="kind"]:checked')?.value ?? 'product'
    try {
      const { blocks } = await askServer(withQuery(url, { kind, q: query.value.trim() }))
      // What was asked later has the last word.
      if (mine === turn) show(blocks as readonly FoundBlock[])
    } catch (error) {
      if (mine !== turn) return
      show([])
      said.textContent = (error as Error).message
    }
  }
  const show = (blocks: readonly FoundBlock[]) => {
    said.textContent = blocks.length === 0 ? 'Nothing was found.' : `${blocks.length} found.`
    found.replaceChildren(
      ...blocks.map(({ title, note, html }) => {
        const button = actionButton(title, 'button-plain button-small', () => {
          dialog.close()
          onChosen(html)
        })
        return element('li', {}, button, element('span', { class: 'faint' }, note))
      }),
    )
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void search(), patienceMilliseconds)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    clearTimeout(timer)
    void search()
  })
  return {
    element: dialog,
    open() {
      dialog.showModal()
      void search()
    },
  }
}
