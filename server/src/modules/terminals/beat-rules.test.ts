import type { TerminalHealth } from '@visavis/contract/terminal-health'
import { A_WELL_TERMINAL } from '@visavis/contract/terminal-health-fixture'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LOW_DISK_MB,
  SILENT_AFTER_MS,
  isSilent,
  outOfOrderBy,
  restartAt,
  troublesOf,
} from './beat-rules.ts'

const NOW = new Date('2026-11-22T12:00:00.000Z')
const heard = (over: Partial<TerminalHealth> = {}, ageMs = 0) => ({
  beatAt: new Date(NOW.getTime() - ageMs),
  health: { ...A_WELL_TERMINAL, ...over },
})
const OPEN = { now: NOW, isOpen: true }

describe('[LV-10] what a terminal tells of itself', () => {
  it('puts it out of order when it is silent in opening hours, or has no camera or microphone', () => {
    expect(troublesOf(heard(), OPEN)).toEqual([])
    expect(outOfOrderBy(troublesOf(heard({}, SILENT_AFTER_MS), OPEN))).toBeNull()
    expect(outOfOrderBy(troublesOf(heard({}, SILENT_AFTER_MS + 1), OPEN))).toBe('SILENT')
    expect(outOfOrderBy(troublesOf(heard({ camera: 'NONE' }), OPEN))).toBe('CAMERA')
    expect(outOfOrderBy(troublesOf(heard({ microphone: 'BLOCKED' }), OPEN))).toBe('MICROPHONE')
  })

  it('counts silence at night, and a terminal that never spoke, for nothing', () => {
    const night = { now: NOW, isOpen: false }
    expect(troublesOf(heard({}, 10 * SILENT_AFTER_MS), night)).toEqual([])
    expect(troublesOf({ beatAt: null, health: null }, OPEN)).toEqual([])
    expect(isSilent({ beatAt: null, health: null }, NOW)).toBe(false)
  })

  it('warns of a loudspeaker and of a full disk, which leave a visit possible', () => {
    const troubles = troublesOf(heard({ speaker: 'NONE', diskFreeMb: LOW_DISK_MB - 1 }), OPEN)
    expect(troubles).toEqual(['SPEAKER', 'DISK'])
    expect(outOfOrderBy(troubles)).toBeNull()
    expect(troublesOf(heard({ diskFreeMb: null }), OPEN)).toEqual([])
  })
})

describe('a restart that was asked for', () => {
  it('never interrupts anybody unless forced, and is over exactly when another page beats', () => {
    const pages = fc.constantFrom('page-1', 'page-2')
    const asked = fc.record({ pageId: fc.option(pages), isForced: fc.boolean() })
    const beats = fc.record({ pageId: pages, isBusy: fc.boolean() })
    fc.assert(
      fc.property(asked, beats, (restart, beat) => {
        const course = restartAt(restart, beat)
        const isOtherPage = restart.pageId !== null && restart.pageId !== beat.pageId
        expect(course === 'DONE').toBe(isOtherPage)
        if (course === 'DUE') expect(restart.isForced || !beat.isBusy).toBe(true)
        if (course === 'WAITING') expect(beat.isBusy && !restart.isForced).toBe(true)
      }),
    )
  })
})
