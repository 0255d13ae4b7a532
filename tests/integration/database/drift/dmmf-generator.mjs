// Speaks Prisma's generator protocol (JSON-RPC, one message a line, answers on stderr) and writes the
// parsed schema to the file that DMMF_FILE names. It is how a program gets at it without Prisma's engine.
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const answers = {
  getManifest: () => ({ manifest: { prettyName: 'parsed schema', defaultOutput: '.' } }),
  generate: ({ dmmf }) => {
    writeFileSync(process.env.DMMF_FILE, JSON.stringify(dmmf.datamodel))
    return null
  },
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line)
  const result = answers[method]?.(params) ?? null
  process.stderr.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`)
})
