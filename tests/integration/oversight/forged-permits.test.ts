import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchPermit } from '@visavis/contract/media-permits'
import { FORGERIES } from '@visavis/contract/media-permits-fixture'
import type { MediaKind } from '@visavis/contract/rtc'
import { NO_WISHES } from '@visavis/contract/quality'
import { startMediaWorker } from '@visavis/media-node/media-worker'
import type { OpenWorker, PrivateWorker } from '@visavis/media-node/media-worker'
import type { MediaRouter } from '@visavis/media-node/media-router'
import { openPeer } from '@visavis/media-node/peer'
import type { Peer } from '@visavis/media-node/peer'
import { openTap } from '@visavis/media-node/tap'
import { LibraryCensus } from '../../support/library-census.ts'
import { freePorts } from '../../support/ports.ts'

const OPEN_TO_ALL = { monitor: 'AV', isRecorded: true } as const
const CODECS = {
  audio: { payloadType: 111, mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  video: { payloadType: 96, mimeType: 'video/VP8', clockRate: 90_000 },
} as const
const KINDS = ['audio', 'video'] as const

const census = new LibraryCensus()
let open: OpenWorker
let closed: PrivateWorker
beforeAll(async () => {
  const rtcPort = await freePorts(2)
  const start = (pool: 'open' | 'private', port: number) =>
    startMediaWorker(
      {
        ...{ controlSecret: '', grantSecret: '', controlPort: 0, rtcPort, openWorkers: 1 },
        listen: [{ ip: '127.0.0.1', announcedAddress: null }],
        workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? null,
        logLevel: 'silent',
      },
      { pool, port, bootId: randomUUID() },
    )
  open = (await start('open', rtcPort)) as OpenWorker
  closed = (await start('private', rtcPort + 1)) as PrivateWorker
})
afterAll(() => {
  open.close()
  closed.close()
  census.close()
})

/** A seat that sends, and an observer beside it, on that router. */
async function aSeatAndAnObserver(router: MediaRouter) {
  const visitId = randomUUID()
  const { rtpCapabilities } = router
  const common = { rtpCapabilities, wishes: NO_WISHES }
  const seat = await openPeer(router, { ...common, peerId: randomUUID(), visitId })
  const observer = await openPeer(router, { ...common, peerId: randomUUID(), visitId: null })
  const send = (kind: MediaKind) =>
    seat.produce(kind, {
      codecs: [CODECS[kind]],
      encodings: [{ ssrc: randomInt(1, 0xffff_ffff) }],
      rtcp: { cname: 'seat' },
    })
  const producers = { audio: await send('audio'), video: await send('video') }
  return { visitId, observer, producers }
}

type Place = Awaited<ReturnType<typeof aSeatAndAnObserver>>

/** Asks, inside the media node, for a consumer of the observer's with that permit. */
function consume({ visitId, observer, producers }: Place, kind: MediaKind, permit: unknown) {
  const owner = { visitId, sink: observer.peerId }
  const request = { producerId: producers[kind], kind, owner, spatialLayer: null, permit }
  return observer.consume(request as Parameters<Peer['consume']>[0])
}

const consumersOf = ({ observer }: Place) =>
  [...census.consumers].filter(({ transport }) => transport.appData['peerId'] === observer.peerId)

describe('inside the media node, a forged permit', () => {
  it('[OV-1] makes no observer’s consumer, on either kind of router', async () => {
    for (const router of [open.router, await closed.openRouter()]) {
      const place = await aSeatAndAnObserver(router)
      for (const [way, forge] of FORGERIES) {
        for (const kind of KINDS) {
          const attempt = consume(place, kind, forge())
          await expect(attempt, way).rejects.toMatchObject({ code: 'MEDIA_POLICY_FORBIDS' })
        }
      }
      expect(consumersOf(place)).toEqual([])
    }
  })

  it('[OV-1] that is genuine for other visits, or for another use, makes none', async () => {
    const social = (kind: 'LIVE' | 'STILLS' | 'SOUND') => watchPermit('social', OPEN_TO_ALL, kind)
    const secret = await aSeatAndAnObserver(await closed.openRouter())
    const shared = await aSeatAndAnObserver(open.router)
    const attempts = [
      consume(secret, 'video', social('LIVE')),
      consume(secret, 'audio', social('SOUND')),
      consume(shared, 'audio', social('LIVE')),
      consume(shared, 'video', social('STILLS')),
    ]
    for (const attempt of attempts) {
      await expect(attempt).rejects.toMatchObject({ code: 'MEDIA_POLICY_FORBIDS' })
    }
    expect([...consumersOf(secret), ...consumersOf(shared)]).toEqual([])
  })

  it('[OV-2] to see does not let hear, though it says that the sound was a picture', async () => {
    const policy = { monitor: 'SIGHT_ONLY', isRecorded: false } as const
    const permit = watchPermit('privileged', policy, 'LIVE')
    const place = await aSeatAndAnObserver(await closed.openRouter())
    const { producers } = place
    const mislabelled = { ...place, producers: { ...producers, video: producers.audio } }
    await expect(consume(mislabelled, 'video', permit)).rejects.toMatchObject({
      code: 'MEDIA_POLICY_FORBIDS',
    })
    expect(consumersOf(place)).toEqual([])
    expect((await consume(place, 'video', permit)).kind).toBe('video')
  })

  it('[RC-1] opens no tap, and no transport for one', async () => {
    const target = { recordingId: randomUUID(), address: '127.0.0.1', port: 9 }
    const others = [
      ['a permit to watch', () => watchPermit('social', OPEN_TO_ALL, 'SOUND')] as const,
    ]
    for (const [way, forge] of [...FORGERIES, ...others]) {
      const request = { visitId: randomUUID(), target, listenIp: '127.0.0.1', permit: forge() }
      const attempt = openTap(open.router, request as Parameters<typeof openTap>[1])
      await expect(attempt, way).rejects.toMatchObject({ code: 'MEDIA_POLICY_FORBIDS' })
    }
    const plain = [...census.transports].filter(({ transport }) => transport.type === 'plain')
    expect(plain).toEqual([])
  })
})
