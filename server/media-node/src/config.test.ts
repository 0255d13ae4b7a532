import { describe, expect, it } from 'vitest'
import { ConfigFaults } from '@visavis/platform/config'
import { readConfig } from './config.ts'

const secrets = { CONTROL_SECRET: 'c'.repeat(32), GRANT_SECRET: 'g'.repeat(32) }

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env, 4)
    return []
  } catch (error) {
    return error instanceof ConfigFaults ? error.faults : ['something else was thrown']
  }
}

describe('the configuration of a media node', () => {
  it('needs only the secrets; one worker of all cores is private', () => {
    expect(readConfig(secrets, 8)).toMatchObject({
      controlPort: 4100,
      rtcPort: 44_400,
      listen: [{ ip: '127.0.0.1', announcedAddress: null }],
      openWorkers: 7,
      workerBin: null,
    })
    expect(readConfig(secrets, 1).openWorkers).toBe(1)
  })

  it('tells all faults at once, each with its variable and a cure', () => {
    const faults = faultsOf({
      CONTROL_SECRET: 'short',
      MEDIA_CONTROL_PORT: '99999',
      RTC_PORT: 'x',
      RTC_LISTEN_IP: '0.0.0.0',
      MEDIA_WORKERS: '1',
      LOG_LEVEL: 'loud',
    })
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      'CONTROL_SECRET',
      'GRANT_SECRET',
      'LOG_LEVEL',
      'MEDIA_CONTROL_PORT',
      'MEDIA_WORKERS',
      'RTC_ANNOUNCED_ADDRESS',
      'RTC_PORT',
    ])
  })

  it('listens on IPv4 and IPv6, each announced as it is reached', () => {
    const env = { ...secrets, RTC_LISTEN_IP: '0.0.0.0, ::' }
    const told = { RTC_ANNOUNCED_ADDRESS: '192.0.2.1, 2001:db8::1' }
    expect(readConfig({ ...env, ...told }).listen).toEqual([
      { ip: '0.0.0.0', announcedAddress: '192.0.2.1' },
      { ip: '::', announcedAddress: '2001:db8::1' },
    ])
    expect(faultsOf({ ...env, RTC_ANNOUNCED_ADDRESS: '192.0.2.1' })).toEqual([
      'RTC_ANNOUNCED_ADDRESS must name one address for each of RTC_LISTEN_IP, in the same order',
    ])
    expect(faultsOf(env)).toHaveLength(1)
    expect(faultsOf({ ...secrets, RTC_LISTEN_IP: 'here' })).toHaveLength(1)
  })

  it('refuses workers for whom there are no ports left', () => {
    expect(faultsOf({ ...secrets, RTC_PORT: '65533', MEDIA_WORKERS: '4' })).toHaveLength(1)
    expect(faultsOf({ ...secrets, RTC_PORT: '65532', MEDIA_WORKERS: '4' })).toEqual([])
  })
})
