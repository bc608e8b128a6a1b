// Runs before the first paint: a chosen theme must not flash the other one.
const choice = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1]
if (choice) document.documentElement.dataset.theme = choice
document.documentElement.dataset.script = ''
