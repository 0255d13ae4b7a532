import { expect, test } from 'vitest'
import type { ConsumerInfo } from '@visavis/contract/rtc'
import { createConsumerInbox } from './consumer-inbox.ts'

const consumer = (consumerId: string): ConsumerInfo => ({ consumerId }) as ConsumerInfo

/** A receiver that writes down what it is told. */
function createNotes() {
  const notes: string[] = []
  return {
    notes,
    add: (info: ConsumerInfo) => void notes.push(`+${info.consumerId}`),
    remove: (consumerId: string) => void notes.push(`-${consumerId}`),
  }
}

test('holds until the release, then hands over at once', () => {
  const inbox = createConsumerInbox()
  const receiver = createNotes()
  inbox.created(consumer('a'))
  inbox.created(consumer('b'))
  inbox.closed('a')
  inbox.release(receiver)
  expect(receiver.notes).toEqual(['-a', '+b'])
  inbox.created(consumer('c'))
  inbox.closed('b')
  expect(receiver.notes).toEqual(['-a', '+b', '+c', '-b'])
})

test('what waited for media that are gone is forgotten', () => {
  const inbox = createConsumerInbox()
  const receiver = createNotes()
  inbox.release(receiver)
  inbox.hold()
  inbox.created(consumer('old'))
  inbox.clear()
  inbox.created(consumer('new'))
  inbox.release(receiver)
  expect(receiver.notes).toEqual(['+new'])
})
