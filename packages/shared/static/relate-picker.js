// Relations are changed where they are shown: <div data-relation>, on an object's page in the admin, or put
// into <details data-relations-url> when that is opened. Without this script each link and button does the same
// with a page of its own.

const patienceMilliseconds = 150
const part = { accept: 'text/html', 'x-wants-part': 'yes' }
const turns = new WeakMap()
/** Searches that wait for the next key, by section. */
const timers = new WeakMap()

for (const place of document.querySelectorAll('[data-relations-url]')) {
  place.addEventListener('toggle', () => void fillPlace(place))
  if (place.open) void fillPlace(place)
}

async function fillPlace(place) {
  if (!place.open || place.querySelector('[data-relation]')) return
  const response = await fetch(place.dataset.relationsUrl, { headers: part }).catch(() => undefined)
  // Otherwise the link that stands there leads on.
  if (response?.headers.get('x-is-part') !== 'yes') return
  place.querySelector('#relate').innerHTML = await response.text()
}

async function replaceSection(section, url, focus) {
  const next = await ask(section, url, { headers: part })
  if (next === undefined) return location.assign(url)
  if (next === null) return
  section.replaceChildren(...next.childNodes)
  focus?.(section)
}

/** The section as it is then: in a part, or in a page that is sent instead. Null when something was asked later. */
async function ask(section, url, request) {
  const turn = (turns.get(section) ?? 0) + 1
  turns.set(section, turn)
  const response = await fetch(url, request).catch(() => undefined)
  // A refusal is told in the section.
  if (!response?.ok && response?.status !== 422) return undefined
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const next = page.getElementById(section.id)
  if (!next) return undefined
  // What was asked later has the last word.
  return turns.get(section) === turn ? next : null
}

async function change(section, form, button) {
  const body = new URLSearchParams(new FormData(form, button))
  const places = [...section.querySelectorAll('[data-picker-option], .chip-remove')]
  const at = places.indexOf(button)
  clearTimeout(timers.get(section))
  const next = await ask(section, form.action, { method: 'POST', headers: part, body })
  if (next === undefined) {
    // With the button's own name and value.
    form.dataset.isPlain = 'yes'
    return form.requestSubmit(button)
  }
  if (next === null) return
  section.replaceChildren(...next.childNodes)
  if (queryOf(section)) focusQuery(section)
  else {
    const removals = section.querySelectorAll('.chip-remove')
    ;(
      removals[Math.min(at, removals.length - 1)] ?? section.querySelector('[data-picker-link]')
    )?.focus()
  }
  await refreshShown()
}

/** What the page says of its relations elsewhere. */
async function refreshShown() {
  const shown = document.querySelectorAll('[data-relations-shown]')
  if (shown.length === 0) return
  const response = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(
    () => undefined,
  )
  if (!response?.ok) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const place of shown) {
    const next = page.querySelector(`[data-relations-shown="${place.dataset.relationsShown}"]`)
    if (next) place.replaceWith(next)
  }
}

function queryOf(section) {
  return section.querySelector('[data-picker-query]')
}

function focusQuery(section) {
  const query = queryOf(section)
  if (query) query.focus()
  else section.querySelector('[data-picker-link]')?.focus()
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-picker-link], [data-picker-page]')
  const section = link?.closest('[data-relation]')
  if (!section || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  clearTimeout(timers.get(section))
  void replaceSection(section, link.href, focusQuery)
})
document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event
  const section = form.closest('[data-relation]')
  if (!section || form.method !== 'post' || form.dataset.isPlain) return
  event.preventDefault()
  if (section.getAttribute('aria-busy') === 'true') return
  section.setAttribute('aria-busy', 'true')
  void change(section, form, submitter).finally(() => section.removeAttribute('aria-busy'))
})
document.addEventListener('input', (event) => {
  const query = event.target.closest('[data-picker-query]')
  if (!query) return
  const section = query.closest('[data-relation]')
  clearTimeout(timers.get(section))
  timers.set(
    section,
    setTimeout(() => void search(section, query), patienceMilliseconds),
  )
})

async function search(section, query) {
  const form = query.form
  const url = new URL(form.action)
  url.hash = ''
  url.search = new URLSearchParams(new FormData(form)).toString()
  const { value } = query
  await replaceSection(section, url.href, (replaced) => {
    const next = queryOf(replaced)
    if (!next) return
    next.value = value
    next.focus()
    next.setSelectionRange(value.length, value.length)
  })
}

// Up and down go through what is offered, Escape closes.
document.addEventListener('keydown', (event) => {
  const section = event.target.closest?.('[data-relation]')
  const picker = event.target.closest?.('[data-picker]')
  if (!section || !picker) return
  if (event.key === 'Escape') {
    event.preventDefault()
    section.querySelector('[data-picker-link]')?.click()
    return
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  const places = [queryOf(section), ...picker.querySelectorAll('[data-picker-option]')]
  const at = places.indexOf(document.activeElement)
  const next = places[at + step]
  if (!next) return
  event.preventDefault()
  next.focus()
})
