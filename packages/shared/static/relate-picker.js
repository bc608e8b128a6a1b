// Opens and searches the pickers of an object's page in place: <section data-relation>.
// Without this script each link and button does the same with a page of its own.

const patienceMilliseconds = 150
const turns = new WeakMap()
/** Searches that wait for the next key, by section. */
const timers = new WeakMap()

async function replaceSection(section, url, focus) {
  const turn = (turns.get(section) ?? 0) + 1
  turns.set(section, turn)
  const response = await fetch(url, { headers: { accept: 'text/html' } }).catch(() => undefined)
  if (!response?.ok) return location.assign(url)
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const next = page.getElementById(section.id)
  if (!next) return location.assign(url)
  // What was asked later has the last word.
  if (turns.get(section) !== turn) return
  section.replaceChildren(...next.childNodes)
  focus?.(section)
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
