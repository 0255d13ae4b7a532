import { expect, test } from 'vitest'
import { createKeyedStore } from './keyed-store.ts'

test('tells those only who watch what has changed, until they stop', () => {
  const store = createKeyedStore<number>()
  const told: string[] = []
  const stop = store.subscribe('a', () => told.push(`a${store.get('a') ?? ''}`))
  store.subscribe('b', () => told.push('b'))
  store.set('a', 1)
  store.set('a', 1)
  store.set('b', 1)
  store.set('a', undefined)
  stop()
  store.set('a', 2)
  expect(told).toEqual(['a1', 'b', 'a'])
  expect(store.keys()).toEqual(['b', 'a'])
})
