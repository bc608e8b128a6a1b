import { startQuickly } from './start-quickly.ts'

// For `node --import`, before a program that does not do so itself.
startQuickly()
