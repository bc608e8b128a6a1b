/** The one place that names the editor's package, so that tests of this app need not. */
export { createBundledFiles } from '@rose-ash/editor/bundled-files'
