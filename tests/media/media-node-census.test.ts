import { createHash, randomUUID } from 'node:crypto'
import { observer as mediasoup } from 'mediasoup'
import type { types } from 'mediasoup'
import { afterAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '@visavis/contract/canonical-json'
import { CENSUS_COUNTS, CENSUS_START, CensusLine, EXPECTED_COUNTS } from '@visavis/contract/census'
import type { CensusText } from '@visavis/contract/census-control'
import { receives, told, useMediaNode } from '../support/media-node-fixture.ts'
import type { TestRoom } from '../support/media-node-host.ts'
import { until } from '../support/until.ts'

const routers = new Map<string, types.Router>()
const transports: types.Transport[] = []

function collect(worker: types.Worker): void {
  worker.observer.on('newrouter', (router) => {
    routers.set(router.id, router)
    router.observer.on('newtransport', (transport) => transports.push(transport))
  })
}

mediasoup.on('newworker', collect)
afterAll(() => mediasoup.off('newworker', collect))
const { control, openRoom, anObserver } = useMediaNode()

/** All lines of a visit that are told from now on; the node is answered like a server does. */
function censusOf(visitId: string, isStored = true): () => CensusLine[] {
  const lines = new Map<number, CensusText>()
  control().on('room:counted', (told) => {
    if (told.visitId !== visitId) return
    for (const line of told.lines) lines.set(line.seq, line)
    const { epoch } = told
    const seq = told.lines.at(-1)?.seq ?? 0
    if (isStored) void control().call('censusStored', { visitId, epoch, seq })
  })
  return () => checked([...lines.values()])
}

/** The lines, once their chain is found whole. */
function checked(lines: readonly CensusText[]): CensusLine[] {
  let prevHash = CENSUS_START
  return lines.map(({ seq, text, hash }, index) => {
    const line = CensusLine.parse(JSON.parse(text))
    expect(line).toMatchObject({ seq, prevHash })
    expect(seq).toBe(index + 1)
    expect(text).toBe(canonicalJson(line as never))
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'))
    prevHash = hash
    return line
  })
}

const hears = ({ inmate, visitor }: TestRoom) => receives(inmate, { from: visitor, kind: 'audio' })
const ended = (lines: () => CensusLine[]) =>
  until(() => {
    const last = lines().at(-1)
    return last?.kind === 'END' ? last : null
  }, 'the census to end')

const unexpected = CENSUS_COUNTS.filter((name) => !EXPECTED_COUNTS.includes(name))
const most = (lines: readonly CensusLine[], name: (typeof CENSUS_COUNTS)[number]) =>
  Math.max(...lines.map(({ counts }) => counts[name]))

const isGone = async ({ visitId }: TestRoom) => {
  const { rooms } = await control().call('describe', {})
  return rooms.every((room) => room.visitId !== visitId)
}

describe('[OV-8] the census of a privileged room', () => {
  it('counts both sides and nothing else, in one chain from its beginning to its end', async () => {
    const visitId = randomUUID()
    const lines = censusOf(visitId)
    const room = await openRoom({ visitClass: 'privileged' }, { visitId })
    await hears(room)
    await control().call('closeRoom', { visitId })
    const last = await ended(lines)
    expect(last).toMatchObject({ epoch: 1, end: 'CLOSED' })
    const all = lines()
    expect(all[0]).toMatchObject({ kind: 'BEGIN', counts: { seats: 0 } })
    expect(EXPECTED_COUNTS.map((name) => most(all, name))).toEqual([2, 4, 4, 4])
    expect(unexpected.filter((name) => most(all, name) > 0)).toEqual([])
  })

  it('has no census of a visit that may be watched', async () => {
    const visitId = randomUUID()
    const lines = censusOf(visitId)
    await hears(await openRoom({ visitClass: 'official' }, { visitId }))
    await control().call('closeRoom', { visitId })
    expect(lines()).toEqual([])
  })

  it('is told again, from its beginning and in order, until somebody has stored it', async () => {
    const visitId = randomUUID()
    const lines = censusOf(visitId, false)
    const room = await openRoom({ visitClass: 'privileged' }, { visitId })
    await hears(room)
    const before = lines().length
    // Whoever stores the first line is told the others at once.
    const rest = told(control(), 'room:counted', (event) => event.lines[0]?.seq === 2)
    await control().call('censusStored', { visitId, epoch: 1, seq: 1 })
    expect((await rest).lines.length).toBeGreaterThanOrEqual(before - 1)
    await control().call('closeRoom', { visitId })
    await ended(lines)
  })
})

describe('[OV-8] what nobody of ours has made', () => {
  const attack = async (
    act: (room: TestRoom) => Promise<{ readonly closed: boolean }>,
  ): Promise<{ all: CensusLine[]; what: string }> => {
    const visitId = randomUUID()
    const lines = censusOf(visitId)
    const room = await openRoom({ visitClass: 'privileged' }, { visitId })
    await hears(room)
    const violated = told(control(), 'room:violated', (event) => event.visitId === visitId).then(
      async ({ what }) => ({ what, isGone: await isGone(room) }),
    )
    const startedAt = performance.now()
    const thing = await act(room)
    const { what, isGone: wasGone } = await violated
    console.log(`closed and told after ${Math.round(performance.now() - startedAt)} ms: ${what}`)
    // Closed first, told then.
    expect(wasGone).toBe(true)
    expect(thing.closed).toBe(true)
    expect(await ended(lines)).toMatchObject({ end: 'VIOLATED', violation: what })
    return { all: lines(), what }
  }
  const libraryOf = (router: types.Router) => Object.getPrototypeOf(router) as types.Router
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const

  it.each([
    [
      'plainTransports',
      (r: types.Router) => libraryOf(r).createPlainTransport.call(r, { listenInfo }),
    ],
    [
      'pipeTransports',
      (r: types.Router) => libraryOf(r).createPipeTransport.call(r, { listenInfo }),
    ],
    ['directTransports', (r: types.Router) => libraryOf(r).createDirectTransport.call(r)],
    ['rtpObservers', (r: types.Router) => libraryOf(r).createAudioLevelObserver.call(r)],
  ] as const)(
    'is counted although it was closed at once, and the room with it: %s',
    async (name, make) => {
      const { all } = await attack(({ router }) => make(routers.get(router.routerId)!))
      expect(most(all, name)).toBe(1)
      expect(unexpected.filter((other) => other !== name && most(all, other) > 0)).toEqual([])
    },
  )

  it.each([true, false])('a consumer made behind our code’s back (paused: %s)', async (paused) => {
    const { all } = await attack(async (room) => {
      const stranger = await anObserver(room)
      const transport = transports.find(({ appData }) => appData['peerId'] === stranger.peerId)!
      const [producer] = room.inmate.consumers.values()
      return transport.consume({
        producerId: producer!.producerId,
        rtpCapabilities: room.router.routerRtpCapabilities as types.RtpCapabilities,
        paused,
      })
    })
    expect(most(all, 'observerConsumers')).toBe(1)
    expect(most(all, 'otherTransports')).toBe(1)
  })
})

describe('[OV-8] the canary', () => {
  it('attacks a privileged room of nobody, each attack is held, and no server hears of it', async () => {
    const heard: unknown[] = []
    for (const name of [
      'room:violated',
      'room:counted',
      'router:added',
      'router:removed',
    ] as const) {
      control().on(name, (event) => heard.push([name, event]))
    }
    const { checks } = await control().call('runCanary', {})
    expect(checks.map(({ name, isOk }) => [name, isOk])).toEqual([
      ['PARTIES_MEET', true],
      ['CENSUS_COUNTS', true],
      ['OBSERVER_IN_FACTS', true],
      ['TAP_WITH_GRANT', true],
      ['CONSUMER_BEHIND', true],
      ['TRANSPORT_BEHIND', true],
    ])
    const { rooms } = await control().call('describe', {})
    expect(rooms).toEqual([])
    expect(heard).toEqual([])
  })
})
