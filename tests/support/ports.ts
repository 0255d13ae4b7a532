import { createServer } from 'node:net'

/** The first of `count` consecutive ports that were all free a moment ago. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = await anyFreePort()
    const others = Array.from({ length: count - 1 }, (_, index) => first + 1 + index)
    const areFree = await Promise.all(others.map(isFree))
    if (areFree.every(Boolean)) return first
  }
}

function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
