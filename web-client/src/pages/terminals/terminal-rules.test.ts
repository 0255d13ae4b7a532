import { TERMINAL_DISABLE_REASONS } from '@visavis/contract/terminal-health'
import { expect, it } from 'vitest'
import { DISABLE_REASON_LIST, filtered, gigabytes, stateOf } from './terminal-rules.ts'
import type { Terminal } from './terminal-rules.ts'

const NOW_MS = Date.UTC(2026, 10, 22, 12)
const ago = (minutes: number) => new Date(NOW_MS - minutes * 60_000).toISOString()
const aTerminal = (over: Partial<Terminal> = {}): Terminal => ({
  terminalId: 't',
  name: 'T1',
  wing: 'A',
  isEnrolled: true,
  keyEnded: null,
  disabled: null,
  lastBeatAt: ago(0),
  health: null,
  troubles: [],
  isOutOfOrder: false,
  lastTest: null,
  isRestartPending: false,
  ...over,
})

it('[LV-10] says of each terminal the one thing that matters most', () => {
  const disabled = { at: ago(9), reason: 'REPAIR' } as const
  expect(stateOf(aTerminal(), NOW_MS)).toBe('WELL')
  expect(stateOf(aTerminal({ troubles: ['SPEAKER'] }), NOW_MS)).toBe('CHECK')
  expect(stateOf(aTerminal({ lastBeatAt: ago(4) }), NOW_MS)).toBe('OFFLINE')
  expect(stateOf(aTerminal({ lastBeatAt: null }), NOW_MS)).toBe('NEVER_SEEN')
  expect(stateOf(aTerminal({ lastBeatAt: ago(4), isOutOfOrder: true }), NOW_MS)).toBe(
    'OUT_OF_ORDER',
  )
  expect(stateOf(aTerminal({ isOutOfOrder: true, disabled }), NOW_MS)).toBe('DISABLED')
  expect(stateOf(aTerminal({ disabled, isEnrolled: false }), NOW_MS)).toBe('NOT_ENROLLED')
})

it('narrows the list to what is wrong, or to what staff took away', () => {
  const [well, broken] = [aTerminal(), aTerminal({ isOutOfOrder: true })]
  const away = aTerminal({ disabled: { at: ago(1), reason: null } })
  const all = [well, broken, away]
  expect(filtered(all, 'ALL', NOW_MS)).toEqual(all)
  expect(filtered(all, 'TROUBLE', NOW_MS)).toEqual([broken])
  expect(filtered(all, 'DISABLED', NOW_MS)).toEqual([away])
  expect([...DISABLE_REASON_LIST]).toEqual([...TERMINAL_DISABLE_REASONS])
})

it('tells room on a disk in gigabytes, as the language writes them', () => {
  expect(gigabytes(10_737, 'en-GB')).toBe('11')
  expect(gigabytes(1_540, 'ru-RU')).toBe('1,5')
  expect(gigabytes(40, 'en-GB')).toBe('0')
})
