import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Ports below those that operating systems hand out by themselves (Linux from 32768, others from
 * 49152): no outgoing connection and no `listen(0)` can take one between our look and our use.
 */
const FIRST_PORT = 20_000
const LAST_PORT = 31_999
const BLOCK = 20
const BLOCKS = Math.floor((LAST_PORT + 1 - FIRST_PORT) / BLOCK)
/** One file for each block in use, with the process id of its holder: test processes run side by side. */
const HELD_DIR = join(tmpdir(), 'visavis-test-ports')

type Block = { readonly first: number; used: number }
let block: Block | null = null

/** The first of `count` (≤ 20) consecutive ports, for this test process alone until it ends. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    if (!block || block.used + count > BLOCK) block = holdBlock()
    const first = block.first + block.used
    block.used += count
    const ports = Array.from({ length: count }, (_, index) => first + index)
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first
  }
}

/** Blocks held earlier stay held: what listens there may still run. */
function holdBlock(): Block {
  mkdirSync(HELD_DIR, { recursive: true })
  const start = process.pid % BLOCKS
  for (let step = 0; step < BLOCKS; step += 1) {
    const index = (start + step) % BLOCKS
    if (take(join(HELD_DIR, String(index)))) return { first: FIRST_PORT + index * BLOCK, used: 0 }
  }
  throw new Error(`no block of test ports is free; remove ${HELD_DIR}`)
}

function take(file: string): boolean {
  try {
    if (isLeftBehind(file)) rmSync(file, { force: true })
    writeFileSync(file, String(process.pid), { flag: 'wx' })
  } catch {
    return false
  }
  process.once('exit', () => rmSync(file, { force: true }))
  return true
}

function isLeftBehind(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

async function isFree(port: number): Promise<boolean> {
  const both = await Promise.all([isTcpFree(port), isUdpFree(port)])
  return both.every(Boolean)
}

function isTcpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })
}
