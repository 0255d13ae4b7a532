import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inRoot } from './paths.mjs'
import { environmentOf, settle, VARIABLES } from './settings.mjs'

const secrets = {
  controlSecret: 'c'.repeat(64),
  grantSecret: 'g'.repeat(64),
  documentKey: 'd'.repeat(64),
  keyRoot: 'e'.repeat(64),
  certificateKey: 'a key',
}
const settleWith = (env, stateFolder = '/nowhere') =>
  settle({ env, secrets, isLan: false, stateFolder })

describe('the settings of one machine', () => {
  it('are on the loopback and complete without any variable', async () => {
    expect(await settleWith({})).toMatchObject({
      HOST: '127.0.0.1',
      PUBLIC_ORIGIN: 'http://localhost:3000',
      MEDIA_NODES: 'http://127.0.0.1:4100',
      RECORDERS: 'http://127.0.0.1:4200',
      RTC_LISTEN_IP: '127.0.0.1',
      RTC_ANNOUNCED_ADDRESS: '127.0.0.1',
      CONTROL_SECRET: secrets.controlSecret,
    })
  })

  it('follow the ports that the person has moved', async () => {
    const env = {
      PORT: '8443',
      MEDIA_CONTROL_PORT: '5100',
      TLS_CERT_FILE: '/c',
      TLS_KEY_FILE: '/k',
    }
    expect(await settleWith(env)).toMatchObject({
      PUBLIC_ORIGIN: 'https://localhost:8443',
      MEDIA_NODES: 'http://127.0.0.1:5100',
    })
  })

  it('give each run a mail folder of its own, unless the person names one', async () => {
    expect(await settleWith({})).toMatchObject({ MAIL_DIR: '/nowhere/mail' })
    expect(await settleWith({}, '/elsewhere')).toMatchObject({ MAIL_DIR: '/elsewhere/mail' })
    expect(await settleWith({ MAIL_DIR: '/mails' })).toMatchObject({ MAIL_DIR: '/mails' })
  })

  it('reach the server of docker-compose.yml where they concern mails, text messages, the relay, signing in, the audit log’s second place and where recordings lie', () => {
    const compose = readFileSync(inRoot('docker-compose.yml'), 'utf8')
    const passed = [...compose.matchAll(/^ +([A-Z\d_]+): \$\{\1:-/gm)].map(([, name]) => name)
    // Where the key of checkpoints lies is settled by the volume, not by whoever starts it.
    const wanted = Object.keys(VARIABLES).filter((name) =>
      /^((MAIL|SMS|TURN|S3|OBJECT)_|AUDIT_(?!KEY_FILE)|STAFF_SIGN_IN|TRUSTED_PROXIES|TERMINAL_)/.test(
        name,
      ),
    )
    expect(passed.toSorted()).toEqual(wanted.toSorted())
  })

  it('reach only the processes that need them', async () => {
    const settings = await settleWith({ DATABASE_URL: 'postgresql://h/d' })
    const base = { PATH: '/bin', DATABASE_URL: 'postgresql://h/d' }
    const media = environmentOf('media-node', settings, base)
    expect(media).toMatchObject({ PATH: '/bin', CONTROL_SECRET: secrets.controlSecret })
    expect(media).not.toHaveProperty('DATABASE_URL')
    expect(environmentOf('server', settings, base)).toHaveProperty('DATABASE_URL')
  })

  it('are all described in .env.example, and nothing else is', () => {
    const text = readFileSync(inRoot('.env.example'), 'utf8')
    const described = [...text.matchAll(/^# ([A-Z\d_]+)=/gm)].map(([, name]) => name)
    expect(described.toSorted()).toEqual(Object.keys(VARIABLES).toSorted())
  })
})
