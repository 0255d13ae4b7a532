import fc from 'fast-check'
import { observer as mediasoup } from 'mediasoup'
import type { types } from 'mediasoup'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERROR_STATUS } from '@visavis/contract/errors'
import { DtlsParameters, RtpCapabilities, RtpParameters } from '@visavis/contract/rtc'
import type { TransportInfo } from '@visavis/contract/rtc'
import { brokenOnce, jsonText } from '../fuzz/broken-json.ts'
import { Findings } from '../fuzz/findings.ts'
import { arbitraryOf } from '../fuzz/zod-arbitrary.ts'
import { aVisitWithPeople } from '../integration/live/support/live-people.ts'
import type { VisitPeople } from '../integration/live/support/live-people.ts'
import { aLiveVisit, end, flows, joinWithMedia } from '../integration/live/support/live-visit.ts'
import { aLiveWorld } from '../integration/live/support/live-world.ts'
import type { LiveWorld } from '../integration/live/support/live-world.ts'
import { connectSeat } from '../integration/live/support/socket-client.ts'
import type { SeatClient } from '../integration/live/support/socket-client.ts'
import { anySeed, seeded } from '../support/seeded.ts'
import type { Chance } from '../support/seeded.ts'

/** How many rounds of four wrong messages; `FUZZ` and `SEED` make it longer and repeat it. */
const ROUNDS = Math.min(Number(process.env['FUZZ'] ?? '150'), 20_000)
const SEED = Number(process.env['SEED'] ?? anySeed())

const workers: types.Worker[] = []
const died: number[] = []
function collect(worker: types.Worker): void {
  workers.push(worker)
  worker.on('died', () => died.push(worker.pid))
}
mediasoup.on('newworker', collect)

let world: LiveWorld
beforeAll(async () => {
  world = await aLiveWorld()
})
afterAll(async () => {
  mediasoup.off('newworker', collect)
  await world.close()
})

const HASH = Array.from({ length: 32 }, () => 'AA').join(':')
const DTLS = { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: HASH }] }
const VP8 = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {} }
const RTX = { ...VP8, mimeType: 'video/rtx', payloadType: 97, parameters: { apt: 96 } }
const PICTURE = { mid: '0', codecs: [VP8], encodings: [{ ssrc: 1_111 }], rtcp: { cname: 'x' } }
const many = (count: number, make: (at: number) => unknown) =>
  Array.from({ length: count }, (_, at) => make(at))

/** What has broken media servers before, each well-formed JSON. */
const WRONG_DTLS: readonly unknown[] = [
  { ...DTLS, fingerprints: [] },
  { fingerprints: [{ algorithm: 'sha-256', value: '' }] },
  { fingerprints: [{ algorithm: 'sha-512', value: HASH }] },
  { fingerprints: [{ algorithm: 'sha-256', value: 'ZZ:'.repeat(80) }] },
  { fingerprints: many(8, () => ({ algorithm: 'sha-1', value: HASH })) },
  { role: 'server', fingerprints: [{ algorithm: 'sha-256', value: HASH.slice(0, 11) }] },
  { role: 'server', fingerprints: [{ algorithm: 'sha-256', value: '\u0000' }] },
]
const WRONG_RTP: readonly unknown[] = [
  { ...PICTURE, encodings: [] },
  { ...PICTURE, encodings: [{ ssrc: 0 }] },
  { ...PICTURE, encodings: [{ ssrc: 0xffffffff, rtx: { ssrc: 0xffffffff } }] },
  { ...PICTURE, encodings: many(4, () => ({ ssrc: 7 })) },
  { ...PICTURE, encodings: [{ rid: 'a' }, { rid: 'a' }] },
  { ...PICTURE, encodings: [{ rid: '' }, { ssrc: 5, rid: 'b' }] },
  { ...PICTURE, encodings: [{ ssrc: 5, scalabilityMode: 'L9T9_KEY' }] },
  { ...PICTURE, encodings: [{ ssrc: 5, scalabilityMode: 'L99T99' }] },
  { ...PICTURE, encodings: [{ ssrc: 5, codecPayloadType: 0 }] },
  { ...PICTURE, encodings: [{ ssrc: 5, maxBitrate: 0, maxFramerate: 0 }] },
  { ...PICTURE, codecs: [RTX] },
  { ...PICTURE, codecs: [VP8, { ...RTX, parameters: { apt: 1 } }] },
  { ...PICTURE, codecs: [VP8, { ...RTX, parameters: {} }] },
  { ...PICTURE, codecs: many(8, () => VP8) },
  { ...PICTURE, codecs: [{ ...VP8, mimeType: 'video/' }] },
  { ...PICTURE, codecs: [{ ...VP8, mimeType: 'video/AV1', clockRate: 0 }] },
  { ...PICTURE, codecs: [{ ...VP8, parameters: { a: null, b: true, c: 1e308 } }] },
  {
    ...PICTURE,
    codecs: [{ ...VP8, mimeType: 'video/H264', parameters: { 'profile-level-id': 'x' } }],
  },
  { ...PICTURE, codecs: [{ ...VP8, mimeType: 'audio/opus', clockRate: 48_000, channels: 8 }] },
  { ...PICTURE, headerExtensions: many(32, () => ({ uri: 'urn:x', id: 1 })) },
  { ...PICTURE, headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 255 }] },
  { ...PICTURE, mid: 'x'.repeat(64), rtcp: { cname: '', reducedSize: false, mux: false } },
]
const WRONG_CAPABILITIES: readonly unknown[] = [
  {},
  { codecs: [] },
  { codecs: many(64, () => ({ ...VP8, kind: 'video', preferredPayloadType: 96 })) },
  { codecs: [{ kind: 'audio', mimeType: 'video/VP8', clockRate: 0 }] },
  { headerExtensions: many(64, () => ({ kind: 'video', uri: '', preferredId: 1 })) },
]

/** One of the list, one made from the schema, or a good one with a thing broken. */
function wrongOf(
  chance: Chance,
  given: { list: readonly unknown[]; good: unknown; schema: Parameters<typeof arbitraryOf>[0] },
): unknown {
  const way = chance.below(3)
  if (way === 0) return chance.pick(given.list)
  if (way === 1) return JSON.parse(jsonText(brokenOnce(given.good, chance)))
  return fc.sample(arbitraryOf(given.schema), { numRuns: 1, seed: chance.below(2 ** 31) })[0]
}

function codeOf(reply: { ok: true } | { ok: false; code: string } | null): string {
  if (reply === null) return 'CLOSED'
  return reply.ok ? 'OK' : reply.code
}

type Opened = { readonly send: TransportInfo; readonly receive: TransportInfo }

/** A signed-in party with a client of its own making. */
class Attacker {
  readonly outcomes = new Map<string, number>()
  readonly findings = new Findings()
  readonly #people: VisitPeople
  readonly #chance = seeded(SEED)
  #client: SeatClient | null = null
  #opened: Opened | null = null

  constructor(people: VisitPeople) {
    this.#people = people
  }

  /** Four wrong messages; the transports are opened anew before, since each can be connected once only. */
  async round(): Promise<void> {
    const client = await this.#joined()
    const { media } = await client.call('join', {
      visitId: this.#people.visitId,
      holdingEpoch: null,
    })
    const { epoch, routerRtpCapabilities: rtpCapabilities } = media
    this.#opened = await client
      .call('openMedia', { epoch, rtpCapabilities })
      .catch(() => this.#opened)
    const chance = this.#chance
    const parameters = { list: WRONG_RTP, good: PICTURE, schema: RtpParameters }
    await this.#tell('createProducer', {
      kind: 'video',
      rtpParameters: wrongOf(chance, parameters),
    })
    const fingerprints = { list: WRONG_DTLS, good: DTLS, schema: DtlsParameters }
    const transportId = this.#opened?.[chance.is(0.5) ? 'send' : 'receive'].transportId
    await this.#tell('connectTransport', {
      transportId,
      dtlsParameters: wrongOf(chance, fingerprints),
    })
    const kind = chance.pick(['audio', 'video', 'application'])
    await this.#tell('createProducer', { kind, rtpParameters: wrongOf(chance, parameters) })
    const all = { list: WRONG_CAPABILITIES, good: rtpCapabilities, schema: RtpCapabilities }
    await this.#tell('openMedia', { epoch, rtpCapabilities: wrongOf(chance, all) })
  }

  close(): void {
    this.#client?.close()
  }

  /** Who sends twenty malformed messages is thrown out, and comes back. */
  async #joined(): Promise<SeatClient> {
    if (this.#client?.socket.connected) return this.#client
    this.#client = await connectSeat(world, this.#people.cookies.visitor)
    return this.#client
  }

  async #tell(
    key: 'createProducer' | 'connectTransport' | 'openMedia',
    payload: object,
  ): Promise<void> {
    if (!this.#client?.socket.connected) return
    const reply = await this.#client.ask(key, payload as never).catch(() => null)
    const code = codeOf(reply)
    this.outcomes.set(code, (this.outcomes.get(code) ?? 0) + 1)
    const isAnswer = code === 'OK' || code === 'CLOSED' || code in ERROR_STATUS
    const isFault = code === 'INTERNAL' || code === 'DEPENDENCY_FAILED'
    if (!isAnswer || isFault) this.findings.add(key, code, payload)
  }
}

describe('[LV-3] a party whose DTLS and RTP parameters are wrong', () => {
  it(
    `in ${ROUNDS * 4} messages (seed ${SEED}): no worker dies, other visits flow, and a right client still gets in`,
    { timeout: 180_000 + ROUNDS * 500 },
    async ({ signal }) => {
      const other = await aLiveVisit(world)
      const people = await aVisitWithPeople(world)
      const attacker = new Attacker(people)
      for (let round = 0; round < ROUNDS && !signal.aborted; round += 1) await attacker.round()
      console.info(
        JSON.stringify({ fuzz: 'media', seed: SEED, ...Object.fromEntries(attacker.outcomes) }),
      )
      expect(attacker.findings.lines()).toEqual([])
      expect(workers.length).toBeGreaterThan(0)
      expect(died).toEqual([])
      expect(workers.filter(({ closed }) => closed)).toEqual([])
      await flows(other.media)
      attacker.close()
      const right = await connectSeat(world, people.cookies.visitor)
      const media = await joinWithMedia(right, people.visitorSeatId, people)
      media.close()
      right.close()
      await end(other)
    },
  )
})
