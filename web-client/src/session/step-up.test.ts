import { describe, expect, it } from 'vitest'
import { createProofDesk, withProof } from './step-up.ts'

type Answer = { readonly ok: true } | { readonly ok: false; readonly code: string }
const NEEDED: Answer = { ok: false, code: 'STEP_UP_REQUIRED' }

/** An act that gives these answers one after another. */
function actOf(...answers: Answer[]) {
  let done = 0
  const act = () => {
    const answer = answers[done] ?? NEEDED
    done += 1
    return Promise.resolve(answer)
  }
  return { act, times: () => done }
}

describe('an act that needs a fresh proof', () => {
  it('[TR-3] is done again once the person has proved who they are', async () => {
    const desk = createProofDesk()
    const { act, times } = actOf(NEEDED, { ok: true })
    const result = withProof(desk, act)
    await expect.poll(() => desk.getState()).toBe(true)
    desk.answer(true)
    expect(await result).toEqual({ ok: true })
    expect(times()).toBe(2)
    expect(desk.getState()).toBe(false)
  })

  it('[TR-3] stays undone when the person gives none', async () => {
    const desk = createProofDesk()
    const { act, times } = actOf(NEEDED, { ok: true })
    const result = withProof(desk, act)
    await expect.poll(() => desk.getState()).toBe(true)
    desk.answer(false)
    expect(await result).toEqual(NEEDED)
    expect(times()).toBe(1)
  })

  it('is asked for once however many acts wait for it', async () => {
    const desk = createProofDesk()
    let asked = 0
    desk.subscribe(() => {
      if (desk.getState()) asked += 1
    })
    const results = [actOf(NEEDED, { ok: true }), actOf(NEEDED, { ok: true })].map(({ act }) =>
      withProof(desk, act),
    )
    await expect.poll(() => desk.getState()).toBe(true)
    await Promise.resolve()
    desk.answer(true)
    expect(await Promise.all(results)).toEqual([{ ok: true }, { ok: true }])
    expect(asked).toBe(1)
  })

  it('that is refused for another reason asks for nothing', async () => {
    const desk = createProofDesk()
    const refused: Answer = { ok: false, code: 'FORBIDDEN' }
    expect(await withProof(desk, actOf(refused).act)).toEqual(refused)
    expect(desk.getState()).toBe(false)
  })
})
