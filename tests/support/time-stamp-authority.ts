import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A time-stamp authority (RFC 3161) of a test's own: OpenSSL behind HTTP. */
export type TestAuthority = {
  readonly url: string
  /** PEM of the certificate that its answers are checked with. */
  readonly certificate: string
  /** What it does next: its work, an error, or a stamp of something else. */
  answers: 'STAMP' | 'ERROR' | 'OTHER'
  readonly close: () => Promise<void>
}

const CONFIG = `[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = Authority of a test
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = own
[own]
serial = ./serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
`

/** Starts one; needs `openssl`. */
export async function startAuthority(): Promise<TestAuthority> {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-tsa-'))
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  writeFileSync(join(folder, 'tsa.cnf'), CONFIG)
  writeFileSync(join(folder, 'serial'), '01')
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-config',
    'tsa.cnf',
  ]
  openssl(...request, '-keyout', 'key.pem', '-out', 'certificate.pem')
  const stamped = (query: Buffer): Buffer => {
    writeFileSync(join(folder, 'query.tsq'), query)
    const reply = [
      'ts',
      '-reply',
      '-queryfile',
      'query.tsq',
      '-config',
      'tsa.cnf',
      '-section',
      'own',
    ]
    return openssl(...reply, '-signer', 'certificate.pem', '-inkey', 'key.pem')
  }
  const otherQuery = (): Buffer => {
    writeFileSync(join(folder, 'other'), 'another text')
    return openssl('ts', '-query', '-data', 'other', '-sha256', '-cert')
  }
  const server = createServer((asked, answer) => {
    const chunks: Buffer[] = []
    asked.on('data', (chunk: Buffer) => chunks.push(chunk))
    asked.on('end', () => {
      if (authority.answers === 'ERROR') return answer.writeHead(500).end()
      const query = authority.answers === 'OTHER' ? otherQuery() : Buffer.concat(chunks)
      return answer
        .writeHead(200, { 'content-type': 'application/timestamp-reply' })
        .end(stamped(query))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const authority: TestAuthority = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    certificate: join(folder, 'certificate.pem'),
    answers: 'STAMP',
    close: async () => {
      await new Promise((done) => server.close(done))
      rmSync(folder, { recursive: true })
    },
  }
  return authority
}
