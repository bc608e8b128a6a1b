// Everything here is a convenience: each page does its work without it.

const parentDomain = location.hostname.split('.').slice(1).join('.')

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', () => {
      const theme = isDark() ? 'light' : 'dark'
      document.documentElement.dataset.theme = theme
      keepTheme(theme)
      describeThemes()
    })
    describeThemes()
  }
}

// There are two switches: in the header, and in the drawer of narrow screens.
function describeThemes() {
  for (const button of document.querySelectorAll('theme-switch button')) {
    button.setAttribute('aria-pressed', String(isDark()))
  }
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', describeThemes)

function isDark() {
  const { theme } = document.documentElement.dataset
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

// One choice for all six subdomains, where the browser lets a parent domain have cookies.
function keepTheme(theme) {
  const kept = `theme=${theme}; path=/; max-age=31536000; samesite=lax`
  document.cookie = `${kept}; domain=${parentDomain}`
  if (!document.cookie.includes(`theme=${theme}`)) document.cookie = kept
}

// On one's own machine the six are *.localhost, and browsers let no cookie span those.
function passTheme(link) {
  const { theme } = document.documentElement.dataset
  const isNeighbour = link.hostname.endsWith('.localhost') && link.origin !== location.origin
  if (theme && isNeighbour && !link.hash) link.hash = `theme=${theme}`
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) menu.open = false
  }
}

document.addEventListener('click', (event) => {
  closeMenus(event.target.closest('details.menu'))

  const link = event.target.closest('a[href]')
  if (link) passTheme(link)

  const step = event.target.closest('.stepper button')
  if (step) changeQuantity(step)

  const toggle = event.target.closest('.kg-toggle-card.is-ready .kg-toggle-heading')
  if (toggle) turnToggle(toggle.parentElement)
})

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  const menu = document.activeElement?.closest('details.menu[open]')
  closeMenus()
  menu?.querySelector('summary').focus()
})

document.addEventListener('submit', (event) => {
  const button = event.submitter
  if (!button || event.defaultPrevented) return
  // After this turn, or the button's own name and value would not be sent.
  setTimeout(() => button.setAttribute('aria-busy', 'true'))
})

// Back from the browser's page cache: the form may be sent again.
window.addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('[aria-busy=true]')) {
    button.removeAttribute('aria-busy')
  }
})

function changeQuantity(button) {
  const input = button.parentElement.querySelector('input')
  if (button.value === 'less') input.stepDown()
  else input.stepUp()
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

function turnToggle(card) {
  const isOpen = card.dataset.kgToggleState !== 'open'
  card.dataset.kgToggleState = isOpen ? 'open' : 'close'
  card.querySelector('button')?.setAttribute('aria-expanded', String(isOpen))
}

for (const card of document.querySelectorAll('div.kg-toggle-card')) {
  card.classList.add('is-ready')
  card.querySelector('button')?.setAttribute('aria-expanded', 'false')
}

// What a picture is like, until it has come.
for (const picture of document.querySelectorAll('img[data-blur]')) {
  if (picture.complete) continue
  picture.style.background = `center / cover no-repeat url("${picture.dataset.blur}")`
  for (const end of ['load', 'error']) {
    picture.addEventListener(end, () => picture.style.removeProperty('background'), { once: true })
  }
}

for (const media of document.querySelectorAll('.kg-audio-card audio, .kg-video-card video')) {
  media.controls = true
}

// A quantity form sends itself as soon as the number changes.
for (const form of document.querySelectorAll('form[data-send-on-change]')) {
  let waiting
  form.addEventListener('change', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => form.requestSubmit(), 500)
  })
}

// Where a row of tabs is wider than the screen, the one that is open is in sight.
for (const tab of document.querySelectorAll(':is(.tabs, .side-nav) [aria-current]')) {
  const row = tab.closest('ul')
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2
}

// Text that scrolls sideways must be reachable by keyboard.
for (const block of document.querySelectorAll('.prose pre, .prose table')) {
  if (block.scrollWidth > block.clientWidth) block.tabIndex = 0
}

const service = document.body.dataset.app
document
  .querySelector(`.service-nav [data-app='${service}']`)
  ?.setAttribute('aria-current', location.pathname === '/' ? 'page' : 'true')

customElements.define('theme-switch', ThemeSwitch)
