import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { ObserverPictures } from './observer-pictures.ts'
import type { OwnedConsumer } from './peer.ts'

/** The library's consumer as far as it is used: what the worker is told, and what it says of the layers. */
function aConsumer() {
  const told: string[] = []
  const events = new EventEmitter()
  const tell = async (what: string) => void told.push(what)
  const consumer = Object.assign(events, {
    observer: new EventEmitter(),
    type: 'simulcast',
    pause: () => tell('pause'),
    resume: () => tell('resume'),
    setPreferredLayers: ({ spatialLayer }: { spatialLayer: number }) =>
      tell(`layer ${spatialLayer}`),
  })
  const layersAre = (...producerScores: number[]) => events.emit('score', { producerScores })
  return { consumer: consumer as unknown as OwnedConsumer, told, layersAre }
}

function aPicture() {
  const pictures = new ObserverPictures()
  const made = aConsumer()
  pictures.add(made.consumer)
  return { pictures, ...made }
}

it('[OV-3] a picture begins at the beat after its receiver has built its end, and not before', () => {
  const { pictures, consumer, told } = aPicture()
  pictures.pass(consumer, 0)
  pictures.built(consumer)
  expect(told).toEqual([])
  pictures.pass(consumer, 0)
  expect(told).toEqual(['layer 0', 'resume'])
  pictures.pass(consumer, 0)
  expect(told).toHaveLength(2)
})

it('[OV-3] another layer comes with a beat, too', () => {
  const { pictures, consumer, told } = aPicture()
  pictures.built(consumer)
  pictures.pass(consumer, 0)
  pictures.pass(consumer, 1)
  expect(told).toEqual(['layer 0', 'resume', 'layer 1'])
})

it('[OV-3] a layer that dies stops the picture until a beat, so that its return asks for nothing', () => {
  const { pictures, consumer, told, layersAre } = aPicture()
  pictures.built(consumer)
  pictures.pass(consumer, 1)
  layersAre(9, 8)
  expect(told).toEqual(['layer 1', 'resume'])
  layersAre(9, 0)
  layersAre(9, 0)
  expect(told.slice(2)).toEqual(['pause'])
  layersAre(9, 9)
  expect(told).toHaveLength(3)
  pictures.pass(consumer, 0)
  expect(told.slice(3)).toEqual(['layer 0', 'resume'])
})

it('[OV-3] nothing that comes, or a line that is down, stops it until a beat that has something', () => {
  const { pictures, consumer, told } = aPicture()
  pictures.built(consumer)
  pictures.pass(consumer, 0)
  pictures.pass(consumer, null)
  pictures.hold(consumer)
  pictures.pass(consumer, null)
  expect(told).toEqual(['layer 0', 'resume', 'pause'])
  pictures.pass(consumer, 0)
  expect(told.at(-1)).toBe('resume')
})

it('a picture that was closed is told nothing', () => {
  const { pictures, consumer, told } = aPicture()
  pictures.built(consumer)
  consumer.observer.emit('close')
  pictures.pass(consumer, 0)
  expect(told).toEqual([])
  expect(pictures.has(consumer)).toBe(false)
})
