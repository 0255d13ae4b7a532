import { describe, expect, it } from 'vitest'
import { ConfigFaults } from '@visavis/platform/config'
import { readConfig } from './config.ts'

const GOOD = {
  DATABASE_URL: 'postgresql://user:password@127.0.0.1:5432/visavis',
  CONTROL_SECRET: 'c'.repeat(32),
  GRANT_SECRET: 'g'.repeat(32),
  DOCUMENT_KEY: 'd'.repeat(64),
  KEY_ROOT: 'e'.repeat(64),
  CERTIFICATE_KEY: 'MC4CAQAwBQYDK2VwBCIEIBERERERERERERERERERERERERERERERERERERERERER',
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
      'CERTIFICATE_KEY',
      'CONTROL_SECRET',
      'DATABASE_URL',
      'DOCUMENT_KEY',
      'GRANT_SECRET',
      'KEY_ROOT',
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

  it('keeps mails and text messages in a folder until it is told where to send them', () => {
    expect(readConfig(GOOD)).toMatchObject({
      mail: { kind: 'folder', from: 'no-reply@localhost' },
      sms: { kind: 'folder' },
    })
    const sent = {
      MAIL_URL: 'smtps://user:password@mail.example.org',
      MAIL_FROM: 'visits@example.org',
      SMS_URL: 'https://sms.example.org/messages',
      SMS_TOKEN: 'token',
    }
    expect(readConfig({ ...GOOD, ...sent })).toMatchObject({
      mail: { kind: 'smtp', url: sent.MAIL_URL, from: 'visits@example.org' },
      sms: { kind: 'gateway', url: sent.SMS_URL, token: 'token' },
    })
  })

  it('sends no text messages in production without a gateway', () => {
    expect(readConfig({ ...GOOD, NODE_ENV: 'production' }).sms).toBeNull()
  })

  it.each([
    ['MAIL_URL', 'http://mail.example.org'],
    ['MAIL_FROM', 'nobody'],
    ['SMS_URL', 'http://sms.example.org'],
    ['SMS_TOKEN', 'a token without an address'],
  ])('refuses %s=%s', (name, value) => {
    const token = name === 'SMS_URL' ? { SMS_TOKEN: 'token' } : {}
    const faults = faultsOf({ ...GOOD, ...token, [name]: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(name)
  })
})
