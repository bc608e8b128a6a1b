import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { rememberResolutions } from './quick-resolve.ts'

// What V8 and the type stripper have worked out once is kept, so that the second start is quicker. It
// counts for modules that are loaded after this, hence the import below.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/compile'))
rememberResolutions()

const { runCommand } = await import('./start-command.ts')
await runCommand()
