// Discussions and likes, for the one who reads: pages are kept for everybody, so they only have places
// for these, <… data-comments-url="…"> and <… data-part-url="…">. Without this script a link and a
// plain form do the same.

const places = '[data-comments-url], [data-part-url]'
const part = { accept: 'text/html', 'x-wants-part': 'yes' }

async function load(place) {
  try {
    const response = await fetch(place.dataset.commentsUrl ?? place.dataset.partUrl, {
      headers: part,
    })
    if (!isPart(response)) return
    fill(place, await response.text())
    goToHash(place)
  } catch {
    // What stands there still leads on.
  }
}

// Sent where they stand; whatever is not answered by a part is sent again as the browser does it.
async function send(form, button) {
  const place = form.closest(`${places}, [data-comments-page]`)
  const target = form.classList.contains('like') ? form : place
  button?.setAttribute('aria-busy', 'true')
  try {
    const body = new URLSearchParams(new FormData(form, button))
    const response = await fetch(form.action, { method: 'POST', headers: part, body })
    if (!isPart(response)) return form.submit()
    const html = await response.text()
    if (target === form) return replaceLike(form, html)
    fill(place, html)
    const problem = place.querySelector('[aria-invalid=true]')
    const shown = document.getElementById(response.headers.get('x-shows') ?? '')
    show(problem ?? shown)
  } catch {
    form.submit()
  } finally {
    button?.removeAttribute('aria-busy')
  }
}

function isPart(response) {
  return response.headers.get('x-is-part') === 'yes'
}

function replaceLike(form, html) {
  const template = document.createElement('template')
  template.innerHTML = html
  const next = template.content.querySelector('.like, .like-button')
  form.replaceWith(next)
  next.querySelector('button')?.focus()
}

function fill(place, html) {
  place.innerHTML = html
  // Read aloud only when it comes after the element that holds it.
  const message = place.querySelector('[data-message]')
  if (!message?.firstChild) return
  const said = [...message.childNodes]
  message.replaceChildren()
  requestAnimationFrame(() => message.replaceChildren(...said))
}

function show(element) {
  if (!element) return
  element.focus({ preventScroll: true })
  element.scrollIntoView({ block: 'center' })
}

function goToHash(place) {
  const id = location.hash.slice(1)
  if (id.startsWith('comment-')) show(place.querySelector(`#${CSS.escape(id)}`))
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      near.unobserve(target)
      void load(target)
    }
  },
  { rootMargin: '600px' },
)

for (const place of document.querySelectorAll(places)) {
  if (place.id === 'comments' && location.hash.startsWith('#comment')) void load(place)
  else near.observe(place)
}

for (const place of document.querySelectorAll(`${places}, [data-comments-page]`)) {
  place.addEventListener('submit', (event) => {
    const form = event.target.closest('form[data-in-place]')
    if (!form) return
    event.preventDefault()
    if (event.submitter?.getAttribute('aria-busy') !== 'true') void send(form, event.submitter)
  })
}

const anchored = document.querySelector('[data-comments-page]')
if (anchored) goToHash(anchored)
