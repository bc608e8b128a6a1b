#!/usr/bin/env node
import { runCommand } from './command.ts'
import { readEnvironment } from './config/environment.ts'

// Whoever reads the output may stop before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCommand(readEnvironment())
