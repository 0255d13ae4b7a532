import { expect, test } from 'vitest'
import { createQualityWishes } from './quality-wishes.ts'

function aKeep(kept: string | null = null) {
  let value = kept
  return {
    getItem: () => value,
    setItem: (_key: string, next: string) => void (value = next),
  }
}

test('[LV-9] a choice outlives the page', () => {
  const keep = aKeep()
  createQualityWishes(keep).change({ isDataSaver: true })
  expect(createQualityWishes(keep).getState()).toEqual({ isDataSaver: true, keepsPicture: false })
})

test('what cannot be read or kept is no choice and no fault', () => {
  for (const kept of ['', 'nonsense', 'null', '{"isDataSaver":"yes"}']) {
    expect(createQualityWishes(aKeep(kept)).getState()).toEqual({
      isDataSaver: false,
      keepsPicture: false,
    })
  }
  const refusing = {
    getItem: () => null,
    setItem: () => {
      throw new Error('full')
    },
  }
  const wishes = createQualityWishes(refusing)
  wishes.change({ keepsPicture: true })
  expect(wishes.getState().keepsPicture).toBe(true)
})
