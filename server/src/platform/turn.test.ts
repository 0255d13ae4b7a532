import { expect, it } from 'vitest'
import { turnServers } from './turn.ts'

const until = new Date('2026-11-22T12:00:00.500Z')

it('without a relay there is no ICE server', () => {
  expect(turnServers(null, { seatId: 'seat', until })).toEqual([])
})

it('credentials are those that `openssl dgst -sha1 -hmac SECRET -binary | base64` prints', () => {
  const turn = { urls: ['turns:turn.example.org:443?transport=tcp'], secret: 'north' }
  expect(turnServers(turn, { seatId: 'seat', until })).toEqual([
    {
      urls: ['turns:turn.example.org:443?transport=tcp'],
      username: '1795348801:seat',
      credential: 'H4oGz+YlwSdKkkeJCZaLuFWWEMg=',
    },
  ])
})
