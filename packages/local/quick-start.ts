/** Before a program of ours on Node's command line, as images and the commands of this repository have it. */
export const quickStart = `--import=${new URL('../shared/infrastructure/quick-start.js', import.meta.url)}`
