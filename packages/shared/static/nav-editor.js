// Menus by drag and by keyboard: <nav-editor>. Without this script each button does one step with a page of its own.

const levels = 3
const indent = 32
const steps = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' }
const ends = {
  up: 'is the first here',
  down: 'is the last here',
  in: 'cannot go further in',
  out: 'is at the top',
}

class NavEditor extends HTMLElement {
  // One change after the other, so that each is told of the menu that the one before has left.
  #queue = Promise.resolve()
  #drag

  connectedCallback() {
    this.addEventListener('submit', (event) => this.#submit(event))
    this.addEventListener('keydown', (event) => this.#key(event))
    this.addEventListener('pointerdown', (event) => this.#grab(event))
    this.addEventListener('pointermove', (event) => this.#move(event))
    this.addEventListener('pointerup', () => this.#drop())
    this.addEventListener('pointercancel', () => this.#release())
  }

  get #region() {
    return this.querySelector('#menu-editor')
  }

  #entry(id) {
    return this.querySelector(`[data-entry="${CSS.escape(id)}"]`)
  }

  #say(text) {
    this.querySelector('[data-told]').textContent = text
  }

  #submit(event) {
    const { target: form, submitter } = event
    if (!this.#region.contains(form)) return
    event.preventDefault()
    const fields = Object.fromEntries(new FormData(form, submitter))
    this.#send(fields, (entry) => {
      const again = entry?.querySelector(
        `.nav-editor-moves button[value="${submitter?.value}"]:enabled`,
      )
      return again ?? entry?.querySelector('[data-handle]')
    })
  }

  #key(event) {
    if (event.key === 'Escape') this.#release()
    const handle = event.target.closest('[data-handle]')
    const action = steps[event.key]
    if (!handle || !action || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.#send({ action, id: handle.closest('[data-entry]').dataset.entry })
  }

  #send(fields, focusOn = (entry) => entry?.querySelector('[data-handle]')) {
    this.#queue = this.#queue
      .then(() => this.#change(fields, focusOn))
      .catch(() => location.reload())
  }

  async #change(fields, focusOn) {
    const entry = fields.id && this.#entry(fields.id)
    const button = entry?.querySelector(`.nav-editor-moves button[value="${fields.action}"]`)
    if (button?.disabled) return this.#say(`${entry.dataset.label} ${ends[fields.action]}.`)
    const { action, version } = this.#region.dataset
    const response = await fetch(action, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams({ ...fields, version }),
    })
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    this.#show(page)
    const changed = fields.id && this.#entry(fields.id)
    const notice = this.querySelector('[data-notice]')
    focusOn(changed)?.focus()
    if (notice) {
      if (!changed) notice.querySelector('button')?.focus()
      this.#say(notice.querySelector('p').textContent)
    } else if (changed) this.#say(`${changed.dataset.label}: ${changed.dataset.place}`)
  }

  #show(page) {
    const next = page.getElementById('menu-editor')
    if (!next) throw new Error('There is no menu in the answer.')
    this.#region.replaceWith(next)
    for (const input of document.querySelectorAll('input[name="version"]'))
      input.value = next.dataset.version
    for (const select of document.querySelectorAll('select[name="parentId"]')) {
      const { value } = select
      select.replaceChildren(...(page.getElementById(select.id)?.cloneNode(true).childNodes ?? []))
      select.value = value
      if (select.selectedIndex < 0) select.selectedIndex = 0
    }
  }

  #grab(event) {
    const handle = event.target.closest('[data-handle]')
    if (!handle || event.button !== 0) return
    const entry = handle.closest('[data-entry]')
    handle.setPointerCapture(event.pointerId)
    this.#drag = { entry, startX: event.clientX, startY: event.clientY, isMoving: false }
  }

  #move(event) {
    const drag = this.#drag
    if (!drag) return
    const distance = Math.hypot(event.clientX - drag.startX, event.clientY - drag.startY)
    if (!drag.isMoving && distance < 5) return
    drag.isMoving = true
    drag.entry.classList.add('is-dragged')
    if (event.clientY < 60) scrollBy(0, -12)
    else if (event.clientY > innerHeight - 60) scrollBy(0, 12)
    drag.target = this.#targetAt(
      event.clientY,
      levelOf(drag.entry) + Math.round((event.clientX - drag.startX) / indent),
    )
    this.#mark(drag.target)
  }

  /** Where the dragged entry would go: below the last row whose middle is above the pointer. */
  #targetAt(y, wantedLevel) {
    const { entry } = this.#drag
    const others = [...this.#region.querySelectorAll('[data-entry]')].filter(
      (one) => !entry.contains(one),
    )
    const rowOf = (one) => one.querySelector('.nav-editor-entry').getBoundingClientRect()
    const at = others.findLastIndex((one) => {
      const { top, height } = rowOf(one)
      return top + height / 2 < y
    })
    const [before, after] = [others[at], others[at + 1]]
    if (!before) return { parentId: '', index: 0, level: 1, y: after ? rowOf(after).top : y }
    const deepest = Math.min(levelOf(before) + 1, levels + 1 - heightOf(entry))
    const shallowest = Math.min(after ? levelOf(after) : 1, deepest)
    const level = Math.max(shallowest, Math.min(deepest, wantedLevel))
    const line = { level, y: rowOf(before).bottom }
    if (level > levelOf(before)) return { ...line, parentId: before.dataset.entry, index: 0 }
    let above = before
    while (levelOf(above) > level) above = parentOf(above)
    const siblings = [...above.parentElement.children].filter((one) => one !== entry)
    return {
      ...line,
      parentId: parentOf(above)?.dataset.entry ?? '',
      index: siblings.indexOf(above) + 1,
    }
  }

  #mark({ level, y }) {
    let line = this.querySelector('.nav-editor-line')
    if (!line) {
      line = document.createElement('div')
      line.className = 'nav-editor-line'
      this.append(line)
    }
    line.style.top = `${y - this.getBoundingClientRect().top}px`
    line.style.insetInlineStart = `${(level - 1) * indent}px`
  }

  #drop() {
    const { entry, target, isMoving } = this.#drag ?? {}
    this.#release()
    if (!isMoving || !target) return
    const { parentId, index } = target
    this.#send({ action: 'place', id: entry.dataset.entry, parentId, index })
  }

  #release() {
    this.#drag?.entry.classList.remove('is-dragged')
    this.querySelector('.nav-editor-line')?.remove()
    this.#drag = undefined
  }
}

function parentOf(entry) {
  return entry.parentElement.closest('[data-entry]')
}

function levelOf(entry) {
  const parent = parentOf(entry)
  return parent ? levelOf(parent) + 1 : 1
}

function heightOf(entry) {
  const below = [...entry.querySelectorAll(':scope > ol > [data-entry]')]
  return 1 + Math.max(0, ...below.map(heightOf))
}

customElements.define('nav-editor', NavEditor)
