import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { Problem } from './problem.mjs'

/**
 * A port that one of the processes is going to listen on.
 * @typedef {object} Port
 * @property {string} owner the process, in words
 * @property {number} port
 * @property {string} host
 * @property {'tcp' | 'udp'} protocol
 * @property {string} setting the environment variable or flag that moves it
 */

/** @param {Pick<Port, 'port' | 'host' | 'protocol'>} port @returns {Promise<boolean>} */
export const isPortFree = ({ port, host, protocol }) =>
  new Promise((resolve) => {
    const socket = protocol === 'udp' ? createSocket('udp4') : createServer()
    socket.once('error', () => resolve(false))
    socket.once('listening', () => socket.close(() => resolve(true)))
    if ('bind' in socket) socket.bind({ port, address: host, exclusive: true })
    else socket.listen({ port, host, exclusive: true })
  })

/** @returns {Promise<number>} a port on the loopback that nobody uses at the moment */
export const anyFreePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** @param {Port[]} ports @throws {Problem} naming the first that someone else holds */
export const requireFreePorts = async (ports) => {
  for (const { owner, port, host, protocol, setting } of ports) {
    // A setting that is no port number is the process's own to refuse, with all its other faults.
    if (!Number.isInteger(port) || port < 1 || port > 65_535) continue
    if (await isPortFree({ port, host, protocol })) continue
    throw new Problem(
      `Port ${port} (${protocol.toUpperCase()}), which the ${owner} needs, is taken by another program.`,
      `Stop that program (ss -lntup shows it), or choose another port: ${setting}`,
    )
  }
}
