// Builds a client again after each edit. Vite's own `--watch` would outlive a killed supervisor.
import { build } from 'vite'

process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))

await build({ build: { watch: {} }, clearScreen: false })
