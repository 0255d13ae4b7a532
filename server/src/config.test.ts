import { describe, expect, it } from 'vitest'
import { ConfigFaults } from '@visavis/platform/config'
import { readConfig } from './config.ts'

const GOOD = {
  DATABASE_URL: 'postgresql://user:password@127.0.0.1:5432/visavis',
  CONTROL_SECRET: 'c'.repeat(32),
  GRANT_SECRET: 'g'.repeat(32),
  MEDIA_NODES: 'http://127.0.0.1:4100',
  RECORDERS: 'http://127.0.0.1:4200',
}

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults
    throw error
  }
}

describe('readConfig', () => {
  it('needs little on one machine', () => {
    expect(readConfig(GOOD)).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicOrigin: 'http://localhost:3000',
      isSecure: false,
      tls: null,
      mediaNodes: ['http://127.0.0.1:4100'],
      ffmpegPath: null,
      isProduction: false,
    })
  })

  it('makes the origin of the port and the certificate', () => {
    const file = import.meta.filename
    const config = readConfig({ ...GOOD, PORT: '8443', TLS_CERT_FILE: file, TLS_KEY_FILE: file })
    expect(config).toMatchObject({ publicOrigin: 'https://localhost:8443', isSecure: true })
  })

  it('is secure behind a proxy that serves HTTPS', () => {
    const config = readConfig({ ...GOOD, PUBLIC_ORIGIN: 'https://visits.example.org/' })
    expect(config).toMatchObject({
      publicOrigin: 'https://visits.example.org',
      isSecure: true,
      tls: null,
    })
  })

  it('lists every fault at once, each with its variable and the cure', () => {
    const faults = faultsOf({
      PORT: '99999',
      PUBLIC_ORIGIN: 'http://visits.example.org',
      TLS_CERT_FILE: '/nowhere/cert.pem',
      DATABASE_URL: 'mysql://x',
      CONTROL_SECRET: 'short',
      MEDIA_NODES: 'not an address',
      LOG_LEVEL: 'loud',
      NODE_ENV: 'staging',
    })
    const named = faults.map((fault) => fault.split(/[ .]/)[0])
    expect(named.toSorted()).toEqual([
      'CONTROL_SECRET',
      'DATABASE_URL',
      'GRANT_SECRET',
      'LOG_LEVEL',
      'MEDIA_NODES',
      'NODE_ENV',
      'PORT',
      'PUBLIC_ORIGIN',
      'RECORDERS',
      'TLS_CERT_FILE',
      'TLS_KEY_FILE',
    ])
    expect(faults.every((fault) => fault.length > 20)).toBe(true)
  })

  it.each(['http://visits.example.org', 'https://visits.example.org/app', 'visits.example.org'])(
    'refuses %s as the public origin',
    (origin) => {
      expect(faultsOf({ ...GOOD, PUBLIC_ORIGIN: origin })).toHaveLength(1)
    },
  )
})
