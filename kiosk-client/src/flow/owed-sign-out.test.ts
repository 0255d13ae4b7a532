import type { FailureCode, Result } from '@visavis/ui'
import { describe, expect, it } from 'vitest'
import { createOwedSignOut } from './owed-sign-out.ts'
import type { DebtStore } from './owed-sign-out.ts'

const DONE: Result<unknown> = { ok: true, data: {} }
const failed = (code: FailureCode): Result<unknown> => ({ ok: false, code })

function memoryStore(): DebtStore {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

/** A server that gives these answers in turn. */
function serverSaying(...answers: Result<unknown>[]) {
  let calls = 0
  const signOut = async () => answers[calls++] ?? DONE
  return { signOut, calls: () => calls }
}

describe('[TR-5] a sign-out that is owed', () => {
  it('asks the server nothing while nobody has left', async () => {
    const server = serverSaying()
    expect(await createOwedSignOut(server.signOut, memoryStore()).settle()).toMatchObject({
      ok: true,
    })
    expect(server.calls()).toBe(0)
  })

  it('stays owed until the server has heard it, also after a restart', async () => {
    const store = memoryStore()
    const server = serverSaying(failed('UNREACHABLE'), DONE)
    const before = createOwedSignOut(server.signOut, store)
    before.owe()
    expect(await before.settle()).toEqual(failed('UNREACHABLE'))
    const afterRestart = createOwedSignOut(server.signOut, store)
    expect(await afterRestart.settle()).toMatchObject({ ok: true })
    await afterRestart.settle()
    expect(server.calls()).toBe(2)
  })

  it('is paid when the server knows of no sign-in any more', async () => {
    const server = serverSaying(failed('NOT_SIGNED_IN'))
    const owed = createOwedSignOut(server.signOut, memoryStore())
    owed.owe()
    expect(await owed.settle()).toMatchObject({ ok: true })
  })

  it('is sent once, however many ask at the same time', async () => {
    const server = serverSaying(DONE)
    const owed = createOwedSignOut(server.signOut, memoryStore())
    owed.owe()
    await Promise.all([owed.settle(), owed.settle(), owed.settle()])
    expect(server.calls()).toBe(1)
  })
})
