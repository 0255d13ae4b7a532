import { describe, expect, it } from 'vitest'
import { chipsOf, nextAfter, panelOf, rowAfterKey } from './inbox-rules.ts'
import type { Task } from '../parts/types.ts'

const task = (more: Partial<Task>): Task => ({
  taskId: 'a',
  version: 0,
  kind: 'VERIFY_VISITOR',
  state: 'OPEN',
  suggestion: null,
  dueAt: '2026-11-22T10:00:00Z',
  createdAt: '2026-11-21T10:00:00Z',
  isLate: false,
  subjectId: null,
  visitor: null,
  inmate: null,
  visit: null,
  terminal: null,
  resolution: null,
  ...more,
})

describe('the inbox', () => {
  it('shows everything first, then kinds with late work, and none that is empty', () => {
    const chips = chipsOf([
      { kind: 'NOTICE_BOUNCED', open: 5, late: 0 },
      { kind: 'DECIDE_BOOKING', open: 0, late: 0 },
      { kind: 'VERIFY_VISITOR', open: 2, late: 1 },
    ])
    expect(chips.map(({ kind }) => kind)).toEqual([null, 'VERIFY_VISITOR', 'NOTICE_BOUNCED'])
    expect(chips[0]).toEqual({ kind: null, open: 7, late: 1 })
  })

  it('chooses the panel by what a task is about, and a plain one where its subject is gone', () => {
    const visitor = { visitorId: 'v', name: 'Anna' }
    const visit = { visitId: 'x', startsAt: '', endsAt: '' }
    expect(panelOf(task({ visitor }))).toBe('VISITOR')
    expect(panelOf(task({}))).toBe('PLAIN')
    expect(panelOf(task({ kind: 'DECIDE_RELATIONSHIP', subjectId: 's' }))).toBe('RELATIONSHIP')
    expect(panelOf(task({ kind: 'REBOOK_VISIT', visit }))).toBe('VISIT')
    expect(panelOf(task({ kind: 'NOTICE_BOUNCED', visitor }))).toBe('CALL')
    expect(panelOf(task({ kind: 'INMATE_DIED', visitor }))).toBe('CALL')
    expect(panelOf(task({ kind: 'DECIDE_OVERRIDE', subjectId: 's', visitor }))).toBe('OVERRIDE')
  })

  it('moves by j and k and stays within the list', () => {
    expect(rowAfterKey('j', -1, 3)).toBe(0)
    expect(rowAfterKey('j', 2, 3)).toBe(2)
    expect(rowAfterKey('k', 0, 3)).toBe(0)
    expect(rowAfterKey('x', 0, 3)).toBeNull()
    expect(rowAfterKey('j', 0, 0)).toBeNull()
  })

  it('goes on with the task that followed the one just done', () => {
    const tasks = ['a', 'b', 'c'].map((taskId) => task({ taskId }))
    expect(nextAfter(tasks, 'b')).toBe('c')
    expect(nextAfter(tasks, 'c')).toBe('b')
    expect(nextAfter(tasks.slice(0, 1), 'a')).toBeNull()
  })
})
