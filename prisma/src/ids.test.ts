import { describe, expect, it } from 'vitest'
import { newId, uuidv7 } from './ids.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('uuidv7', () => {
  it('agrees with the example of RFC 9562, appendix A.6', () => {
    // rand_a = 0xCC3, rand_b = 0x18C4DC0C0C07398F; the version and variant bits are put over them.
    const random = Buffer.from('0cc318c4dc0c0c07398f', 'hex')
    expect(uuidv7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  })

  it('sorts by time of making', () => {
    const later = uuidv7(2, new Uint8Array(10))
    expect(uuidv7(1, new Uint8Array(10).fill(0xff)) < later).toBe(true)
  })

  it('never repeats itself', () => {
    const ids = Array.from({ length: 1000 }, newId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((value) => UUID_V7.test(value))).toBe(true)
  })
})
