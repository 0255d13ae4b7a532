import { describe, expect, it } from 'vitest'
import { movesOf } from './relationship-moves.ts'

describe('[EL-1] moves of a relationship that the office is offered', () => {
  it('are those of its state and no others', () => {
    expect(movesOf({ state: 'APPROVED' })).toEqual(['SUSPEND', 'BAN', 'END'])
    expect(movesOf({ state: 'SUSPENDED' })).toEqual(['SUSPEND', 'BAN', 'RESTORE', 'END'])
    expect(movesOf({ state: 'BANNED' })).toEqual(['BAN', 'RESTORE', 'END'])
    expect(movesOf({ state: 'REQUESTED' })).toEqual([])
    expect(movesOf({ state: 'ENDED' })).toEqual([])
  })
})
