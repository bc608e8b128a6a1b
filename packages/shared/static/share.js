// The device's own sheet where there is one. Where there is none, the menu opens by its `popover` alone,
// and this adds what a browser can do with an address.
class ShareMenu extends HTMLElement {
  connectedCallback() {
    const { url, title } = this.dataset
    const menu = this.querySelector('[popover]')
    const address = this.querySelector('input')
    const copy = this.querySelector('[data-copies]')
    const status = this.querySelector('[role=status]')
    if (navigator.share) {
      this.querySelector('[popovertarget]').addEventListener('click', (event) => {
        event.preventDefault()
        navigator.share({ url, title }).catch((error) => {
          // Whoever closes the sheet wants no menu either.
          if (error.name !== 'AbortError') menu.showPopover()
        })
      })
    }
    if (!navigator.clipboard) return
    copy.hidden = false
    const say = (words) => {
      status.textContent = words
    }
    copy.addEventListener('click', () => {
      navigator.clipboard.writeText(url).then(
        () => say('The address is copied.'),
        () => {
          address.focus()
          address.select()
          say('Please copy the address from the field.')
        },
      )
    })
    menu.addEventListener('toggle', () => say(''))
  }
}

customElements.define('share-menu', ShareMenu)
