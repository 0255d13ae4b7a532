import http from 'node:http'
import https from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'

/** Start-up is measured in hundreds of milliseconds; this adds next to nothing to it. */
export const POLL_MS = 50

/** A process that listens answers /healthz at once, or it is not well. */
const ANSWER_TIMEOUT_MS = 2_000

/**
 * @param {string} url
 * @returns {Promise<{status: number, body: string}>} status 0: nobody answered
 */
export const probe = (url) =>
  new Promise((resolve) => {
    // A port setting that is no number; the process itself is about to say so.
    if (!URL.canParse(url)) return resolve({ status: 0, body: '' })
    const get = url.startsWith('https:') ? https.get : http.get
    // Our own certificate for the local network is known to nobody.
    const options = { timeout: ANSWER_TIMEOUT_MS, rejectUnauthorized: false, agent: false }
    const request = get(url, options, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (part) => (body += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve({ status: 0, body: '' }))
  })

/** @param {string} url @returns {Promise<boolean>} */
export const isHealthy = async (url) => (await probe(url)).status === 200

/**
 * Asks again and again until the answer is yes.
 * @param {() => Promise<boolean>} ask @param {{timeoutMs: number, signal?: AbortSignal}} limits
 * @returns {Promise<boolean>} false when time ran out or the signal came
 */
export const waitUntil = async (ask, { timeoutMs, signal }) => {
  const endMs = Date.now() + timeoutMs
  while (!signal?.aborted && Date.now() < endMs) {
    if (await ask()) return true
    await wait(POLL_MS)
  }
  return false
}
