import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isCertificateGood, provideCertificate } from './certificate.mjs'
import { findOpenssl } from './tools.mjs'

describe.runIf(findOpenssl())('the certificate for the local network', () => {
  let folder = ''
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'visavis-tls-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is made once, for this machine’s addresses, with a private key that nobody else can read', async () => {
    const files = await provideCertificate(['192.0.2.7'], folder)
    expect(isCertificateGood(['192.0.2.7'], files)).toBe(true)
    expect(statSync(files.keyFile).mode & 0o077).toBe(0)
    const first = readFileSync(files.certFile, 'utf8')
    await provideCertificate(['192.0.2.7'], folder)
    expect(readFileSync(files.certFile, 'utf8')).toBe(first)
  })

  it('is made again when the machine has another address', async () => {
    const files = await provideCertificate(['192.0.2.7'], folder)
    expect(isCertificateGood(['192.0.2.8'], files)).toBe(false)
    await provideCertificate(['192.0.2.8'], folder)
    expect(isCertificateGood(['192.0.2.8'], files)).toBe(true)
  })
})
