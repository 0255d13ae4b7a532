import type { ConfigFaults } from '@visavis/platform/config'
import { describe, expect, it } from 'vitest'
import { recorderConfig } from './config.ts'

const secrets = { CONTROL_SECRET: 'c'.repeat(32), GRANT_SECRET: 'g'.repeat(32) }

describe('the configuration of the recorder', () => {
  it('needs the two secrets only', () => {
    const config = recorderConfig(secrets)
    expect(config.RECORDINGS_DIR).toMatch(/\/recordings\/data$/)
    expect(config).toMatchObject({
      RECORDER_CONTROL_PORT: 4200,
      RTC_LISTEN_IP: '127.0.0.1',
      LOG_LEVEL: 'info',
      OBJECT_STORE: 'folder',
    })
    expect(config.FFMPEG_PATH).toBeUndefined()
  })

  it('names every fault at once', () => {
    try {
      recorderConfig({
        ...{ RECORDER_CONTROL_PORT: '70000', RTC_LISTEN_IP: 'here' },
        OBJECT_STORE: 'the cellar',
      })
      expect.unreachable()
    } catch (error) {
      const { faults } = error as ConfigFaults
      expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
        'CONTROL_SECRET',
        'GRANT_SECRET',
        'RECORDER_CONTROL_PORT',
        'RTC_LISTEN_IP',
        'OBJECT_STORE',
      ])
    }
  })

  it('never opens the recording ports to every network', () => {
    for (const RTC_LISTEN_IP of ['0.0.0.0', '::']) {
      expect(recorderConfig({ ...secrets, RTC_LISTEN_IP }).RTC_LISTEN_IP).toBe('127.0.0.1')
    }
  })
})
