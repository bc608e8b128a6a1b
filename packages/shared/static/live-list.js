// A list that follows the site: <div data-live-list="/lists/…/events">, see live-list.hbs.
// Without this script it shows how it was when its page came.

const retryMilliseconds = 60_000

function follow(list) {
  const rows = list.querySelector('[data-rows]')
  const count = list.querySelector('[data-count]')
  const problem = list.querySelector('[data-problem]')
  const template = list.querySelector('template')
  let source
  let retry

  const find = (name) => Array.from(rows.children).find((row) => row.dataset.name === name)

  function create({ name, title, url, kind }) {
    const row = template.content.firstElementChild.cloneNode(true)
    row.dataset.name = name
    const link = row.querySelector('a')
    link.href = url
    link.textContent = title
    row.querySelector('.live-list-kind').textContent = kind
    return row
  }

  function remove(row) {
    // Whoever is on it by keyboard stays in the list.
    if (row.contains(document.activeElement)) rows.focus()
    row.remove()
  }

  // Read aloud, so only said when it is another.
  function tellCount() {
    const size = rows.childElementCount
    const text = size > 0 ? `${size} in this list` : 'Nothing in this list yet'
    if (count.textContent !== text) count.textContent = text
  }

  function showAll(wanted) {
    const known = new Map(Array.from(rows.children, (row) => [keyOf(row), row]))
    wanted.forEach((each, place) => {
      const made = create(each)
      const row = known.get(keyOf(made)) ?? made
      known.delete(keyOf(made))
      // Moving what stands in its place would take the focus away.
      if (rows.children[place] !== row) rows.insertBefore(row, rows.children[place] ?? null)
    })
    known.forEach(remove)
    tellCount()
  }

  function change({ added, removed }) {
    for (const name of removed) {
      const row = find(name)
      if (row) remove(row)
    }
    // From the last to the first: the row that one stands before is there by then.
    for (const each of added.toReversed()) {
      const row = create(each)
      row.classList.add('is-new')
      rows.insertBefore(row, find(each.before) ?? null)
    }
    tellCount()
  }

  function open() {
    if (source && source.readyState !== EventSource.CLOSED) return
    clearTimeout(retry)
    source = new EventSource(list.dataset.liveList)
    const on = (kind, listener) =>
      source.addEventListener(kind, (event) => listener(JSON.parse(event.data)))
    on('rows', (data) => showAll(data.rows))
    on('change', change)
    on('problem', (data) => {
      problem.textContent = data.problem ?? ''
      problem.hidden = data.problem === null
    })
    on('gone', () => close())
    // A lost connection is taken up again by the browser, but not one that was refused.
    source.addEventListener('error', ({ target }) => {
      if (target.readyState === EventSource.CLOSED) retry = setTimeout(open, retryMilliseconds)
    })
  }

  function close() {
    clearTimeout(retry)
    source?.close()
  }

  // A page that nobody sees takes no connection; seen again, it is told how the list is.
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  window.addEventListener('pagehide', close)
  window.addEventListener('pageshow', open)
  if (!document.hidden) open()
}

function keyOf(row) {
  const link = row.querySelector('a')
  return JSON.stringify([row.dataset.name, link.textContent, link.getAttribute('href')])
}

for (const list of document.querySelectorAll('[data-live-list]')) follow(list)
