// Runs before the first paint: a chosen theme must not flash the other one.
// A choice made on a neighbouring service arrives in the address where no cookie can be shared.
const passed = /^#theme=(light|dark)$/.exec(location.hash)?.[1]
if (passed) {
  document.cookie = `theme=${passed}; path=/; max-age=31536000; samesite=lax`
  history.replaceState(null, '', location.pathname + location.search)
}
const choice = passed ?? /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1]
if (choice) document.documentElement.dataset.theme = choice
document.documentElement.dataset.script = ''
