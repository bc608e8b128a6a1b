import { startQuickly } from '@rose-ash/shared/infrastructure/start-quickly'

startQuickly()

const { runCommand } = await import('./start-command.ts')
await runCommand()
