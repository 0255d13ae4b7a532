import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request as plainRequest } from 'node:http'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'

const run = promisify(execFile)
const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

export type Pair = { readonly cert: Buffer; readonly key: Buffer }

/** An authority of the test's own, made by OpenSSL, and certificates that it signs. */
export async function anAuthority() {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-certificates-'))
  const file = (name: string) => join(folder, name)
  const read = async (name: string): Promise<Pair> => ({
    cert: await readFile(file(`${name}.crt`)),
    key: await readFile(file(`${name}.key`)),
  })
  const itself = ['req', '-x509', ...EC_KEY, '-days', '1', '-subj', `/CN=${crypto.randomUUID()}`]
  await run('openssl', [...itself, '-keyout', file('ca.key'), '-out', file('ca.crt')])
  return {
    itself: await read('ca'),
    async sign(name: string): Promise<Pair> {
      const [csr, crt, key] = [file(`${name}.csr`), file(`${name}.crt`), file(`${name}.key`)]
      await run('openssl', ['req', ...EC_KEY, '-subj', `/CN=${name}`, '-keyout', key, '-out', csr])
      const by = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial']
      await run('openssl', ['x509', '-req', '-in', csr, ...by, '-days', '1', '-out', crt])
      return read(name)
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/**
 * A proxy as one stands before the server in production: it ends TLS, asks for a client certificate of the
 * authority, and hands on the one it has verified (RFC 9440), never the caller's word.
 */
export async function aTlsProxy(given: { own: Pair; ca: Buffer; to: string; header: string }) {
  const { own, ca, to, header } = given
  const server = createServer(
    { ...own, ca, requestCert: true, rejectUnauthorized: false },
    (incoming, outgoing) => {
      const socket = incoming.socket as TLSSocket
      const others = Object.entries(incoming.headers).filter(([name]) => name !== header)
      const verified = socket.authorized
        ? [[header, `:${socket.getPeerCertificate().raw.toString('base64')}:`] as const]
        : []
      const headers = Object.fromEntries([...others, ...verified])
      const { url = '/', method = 'GET' } = incoming
      const onward = plainRequest(new URL(url, to), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(outgoing)
      })
      incoming.pipe(onward)
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export type Answer = { readonly status: number; readonly body: unknown; readonly cookie: string }

/** Calls through the proxy, with a client certificate or without one. */
export function callBy(
  port: number,
  pair: Pair | null,
  call: { method: string; path: string; headers?: Record<string, string>; payload?: object },
): Promise<Answer> {
  const { method, path, headers = {}, payload } = call
  const json = payload === undefined ? {} : { 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', port, method, path, rejectUnauthorized: false, agent: false },
        ...{ headers: { ...headers, ...json }, ...pair },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => (text += part))
        answer.on('end', () => {
          const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text), cookie })
        })
      },
    )
    asked.on('error', reject)
    asked.end(payload === undefined ? undefined : JSON.stringify(payload))
  })
}
