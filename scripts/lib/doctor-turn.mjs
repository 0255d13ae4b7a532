import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'

/** @typedef {import('./doctor-checks.mjs').Finding} Finding */

/** A relay's address: scheme, host (a name, or an address with IPv6 in brackets), port, transport. */
const FORM =
  /^(?<scheme>turns?):(?<host>\[[\da-f:.]+\]|[\w.-]+)(?::(?<port>\d{1,5}))?(?:\?transport=(?<transport>udp|tcp))?$/

/** RFC 7065: where a relay listens that names no port, without and with TLS. */
const TURN_PORT = 3478
const TURNS_PORT = 5349

/** The same as the server asks for: what is shorter can be guessed. */
const SECRET_LENGTH = 32

const ANSWER_MS = 3_000

const NAME = 'TURN relay'
const GUIDE = 'docs/networks.md, “The relay”'

/** STUN's header (RFC 8489): a binding request with nothing in it. */
const BINDING_REQUEST = '000100002112a442'
const TRANSACTION_ID = '76697361766973207475726e'

/**
 * @typedef {{url: string, host: string, port: number, protocol: 'tcp' | 'udp'}} TurnAddress
 * @param {string} url @returns {TurnAddress | undefined} undefined: no address of a relay
 */
export const turnAddress = (url) => {
  const parts = FORM.exec(url.toLowerCase())?.groups
  if (!parts) return undefined
  const { scheme, host = '', port, transport } = parts
  const number = Number(port ?? (scheme === 'turns' ? TURNS_PORT : TURN_PORT))
  if (number < 1 || number > 65_535) return undefined
  const protocol = scheme === 'turns' || transport === 'tcp' ? 'tcp' : 'udp'
  return { url, host: host.replace(/^\[|\]$/g, ''), port: number, protocol }
}

/** @param {TurnAddress} address @returns {Promise<boolean>} */
const takesConnections = ({ host, port }) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ANSWER_MS })
    /** @param {boolean} isThere */
    const end = (isThere) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => end(true))
    for (const event of ['timeout', 'error']) socket.once(event, () => end(false))
  })

/** Asks as a browser would: a relay answers STUN. @param {TurnAddress} address @returns {Promise<boolean>} */
const answersStun = async ({ host, port }) => {
  const found = await lookup(host).catch(() => undefined)
  if (!found) return false
  return new Promise((resolve) => {
    const socket = createSocket(found.family === 6 ? 'udp6' : 'udp4')
    /** @param {boolean} isThere */
    const end = (isThere) => {
      clearTimeout(timer)
      socket.close()
      resolve(isThere)
    }
    const timer = setTimeout(() => end(false), ANSWER_MS)
    socket.once('message', () => end(true))
    socket.once('error', () => end(false))
    socket.send(Buffer.from(BINDING_REQUEST + TRANSACTION_ID, 'hex'), port, found.address)
  })
}

/** @param {TurnAddress} address @returns {Promise<Finding>} */
const reached = async (address) => {
  const { url, host, port, protocol } = address
  const isThere = await (protocol === 'tcp' ? takesConnections : answersStun)(address)
  if (isThere) return { name: NAME, state: 'ok', found: `${url} answers` }
  const where = `${host}, port ${port} (${protocol.toUpperCase()})`
  const cure = `start the relay, or correct TURN_URLS; ${GUIDE}`
  return { name: NAME, state: 'warn', found: `nobody answers at ${where}`, cure }
}

/** @param {NodeJS.ProcessEnv} env @returns {Finding | undefined} what the server would refuse to start with */
const faultOf = ({ TURN_URLS: urls, TURN_SECRET: secret }) => {
  const cure = `set both as in ${GUIDE}`
  const bad = (/** @type {string} */ found) =>
    /** @type {Finding} */ ({ name: NAME, state: 'bad', found, cure })
  if (!urls || !secret) return bad(`${urls ? 'TURN_SECRET' : 'TURN_URLS'} is missing`)
  if (secret.length < SECRET_LENGTH) {
    return bad(`TURN_SECRET is shorter than ${SECRET_LENGTH} characters`)
  }
  const wrong = urls.split(',').find((url) => !turnAddress(url.trim()))
  return wrong === undefined ? undefined : bad(`${wrong.trim()} is no address of a relay`)
}

/**
 * Whether the relay that is configured, if any, has an address that answers and a secret that makes
 * credentials.
 * @param {NodeJS.ProcessEnv} env @returns {Promise<Finding[]>} one for each address
 */
export const turnFindings = async (env) => {
  const { TURN_URLS: urls, TURN_SECRET: secret } = env
  if (!urls && !secret) {
    const found = `none: networks that let only web traffic through are closed (${GUIDE})`
    return [{ name: NAME, state: 'ok', found }]
  }
  const fault = faultOf(env)
  if (fault) return [fault]
  const addresses = (urls ?? '').split(',').flatMap((url) => turnAddress(url.trim()) ?? [])
  return Promise.all(addresses.map(reached))
}
