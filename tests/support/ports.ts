import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/**
 * Ports below those that operating systems hand out by themselves (Linux from 32768, others from
 * 49152): no outgoing connection and no `listen(0)` can take one between our look and our use.
 */
const FIRST_PORT = 20_000
const LAST_PORT = 31_999
const BLOCK = 20
const BLOCKS = Math.floor((LAST_PORT + 1 - FIRST_PORT) / BLOCK)

type Block = { readonly first: number; used: number }
let block: Block | null = null

/** The first of `count` (at most 19) consecutive ports, for this test process alone until it ends. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    if (!block || block.used + count > BLOCK) block = await holdBlock()
    const first = block.first + block.used
    block.used += count
    const ports = Array.from({ length: count }, (_, index) => first + index)
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first
  }
}

/** A block belongs to whoever listens on its first port; the system lets go of it when the process ends. */
async function holdBlock(): Promise<Block> {
  const start = process.pid % BLOCKS
  for (let step = 0; step < BLOCKS; step += 1) {
    const first = FIRST_PORT + ((start + step) % BLOCKS) * BLOCK
    if (await hold(first)) return { first, used: 1 }
  }
  throw new Error(`no block of test ports from ${FIRST_PORT} to ${LAST_PORT} is free`)
}

function hold(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      // It holds the port, not the process.
      server.unref()
      resolve(true)
    })
  })
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
