// A part of a page that is still changing asks for itself again: <section id="…" data-refresh>.
// Without this script the page does so by a refresh of its own.

const milliseconds = 1500

async function refresh(part) {
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!response.ok) return part
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    const next = page.getElementById(part.id)
    // Another page has come, for example because somebody signed out.
    if (!next) return location.reload()
    part.replaceChildren(...next.childNodes)
    if (!('refresh' in next.dataset)) location.reload()
  } catch {
    // The server is not there just now; the next turn asks again.
  }
  return part
}

for (const part of document.querySelectorAll('[data-refresh]')) {
  const turn = async () => {
    await refresh(part)
    setTimeout(turn, milliseconds)
  }
  setTimeout(turn, milliseconds)
}
