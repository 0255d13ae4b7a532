import { randomInt, randomUUID } from 'node:crypto'
import type { RoomFacts } from '@visavis/contract/media-graph'
import { MONITOR_MODES, VISIT_CLASSES } from '@visavis/contract/media-policy'
import type { MediaPolicy, VisitClass } from '@visavis/contract/media-policy'
import type { RouterInfo } from '@visavis/contract/media-control'
import type { MediaKind, RtpCapabilities } from '@visavis/contract/rtc'
import { SEAT_STATES } from '@visavis/contract/seat-lifecycle'
import { SESSION_STATES } from '@visavis/contract/session-lifecycle'
import { aGrant } from '../../../support/media-node-host.ts'
import type { MediaControl } from '../../../support/rtc-client.ts'
import type { Chance } from '../../../support/seeded.ts'

/** A visit as whoever drives the node knows it, and nothing that the node told of itself. */
export type KnownVisit = {
  readonly visitId: string
  readonly seatIds: readonly string[]
  epoch: number
  router: RouterInfo | null
  /** What the node was told last and took; null while there is no room. */
  facts: RoomFacts | null
}

/** Whose a producer is, by the command that made it. */
export type KnownSource = {
  readonly visitId: string
  readonly owner: string
  readonly kind: MediaKind
}

/** What one step does; its text tells of it where the step fails. */
export type Act = { readonly text: string; readonly run: () => Promise<unknown> }

const VISITS = 4
const OBSERVERS = 5
const CODECS = {
  audio: { payloadType: 111, mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  video: { payloadType: 96, mimeType: 'video/VP8', clockRate: 90_000 },
} as const
const PORT = 9

/** Commands of every kind to a media node, chosen by chance; nothing flows in it, and everything could. */
export class Interleavings {
  readonly visits: readonly KnownVisit[]
  readonly observerIds: readonly string[]
  readonly sources = new Map<string, KnownSource>()
  /** Receiving transports by id: whose they are, as a seat's or an observer's. */
  readonly receivers = new Map<string, { peerId: string; visitId: string | null }>()
  /** Who opened an end on which router, so that most of what is sent can be sent. */
  readonly #there = new Set<string>()
  readonly #control: MediaControl
  readonly #chance: Chance

  constructor(control: MediaControl, chance: Chance) {
    this.#control = control
    this.#chance = chance
    this.visits = Array.from({ length: VISITS }, () => ({
      visitId: randomUUID(),
      seatIds: [randomUUID(), randomUUID(), randomUUID()],
      epoch: 1,
      router: null,
      facts: null,
    }))
    this.observerIds = Array.from({ length: OBSERVERS }, () => randomUUID())
  }

  /** A few acts for one moment; the facts of a visit change once at most, so that the last word is known. */
  moment(): Act[] {
    const told = new Set<KnownVisit>()
    return Array.from({ length: 2 + this.#chance.below(5) }, () => {
      const visit = this.#pick(this.visits)
      const isFirst = !told.has(visit)
      if (isFirst && this.#chance.is(0.5)) {
        told.add(visit)
        return this.#tell(visit)
      }
      return this.#use(visit)
    })
  }

  /** What changes a visit's facts. */
  #tell(visit: KnownVisit): Act {
    if (!visit.facts) return this.#open(visit)
    const seldom = [
      () => this.#restrict(visit),
      () => this.#restrict(visit),
      () => this.#flip(visit),
      () => this.#close(visit),
      () => this.#place(visit),
    ]
    if (this.#chance.is(0.15)) return this.#pick(seldom)()
    return this.#update(visit, this.#nextFacts(visit.facts))
  }

  /** What uses a visit as it is. */
  #use(visit: KnownVisit): Act {
    const acts = [
      ...Array.from({ length: 6 }, () => () => this.#joinSeat(visit)),
      ...Array.from({ length: 8 }, () => () => this.#publish(visit)),
      () => this.#leave(visit, this.#pick(visit.seatIds)),
      () => this.#observe(visit, this.#pick(this.observerIds)),
      () => this.#observe(visit, this.#pick(this.observerIds)),
      // Somebody who says to be an officer, by a seat's id.
      () => this.#observe(visit, this.#pick(visit.seatIds)),
      () => this.#leave(visit, this.#pick(this.observerIds)),
      ...Array.from({ length: 3 }, () => () => this.#tap(visit)),
      ...Array.from({ length: 3 }, () => () => this.#speak(visit)),
    ]
    return this.#pick(acts)()
  }

  #pick<Item>(list: readonly Item[]): Item {
    const picked = this.#chance.pick(list)
    if (picked === null) throw new Error('nothing to choose from')
    return picked
  }

  #policy(): MediaPolicy {
    const monitor = this.#chance.is(0.5) ? 'AV' : this.#pick(MONITOR_MODES)
    return { monitor, isRecorded: this.#chance.is(0.6) }
  }

  #nextFacts(before: RoomFacts | null): RoomFacts {
    const state = this.#chance.is(0.6) ? 'LIVE' : this.#pick(SESSION_STATES)
    const seats = (before?.seats ?? []).map((seat) => ({
      ...seat,
      state: this.#chance.is(0.6) ? 'IN' : this.#pick(SEAT_STATES),
    }))
    return {
      visitClass: before?.visitClass ?? 'social',
      policy: before && this.#chance.is(0.8) ? before.policy : this.#policy(),
      state,
      seats,
      observers: this.observerIds
        .filter(() => this.#chance.is(0.5))
        .map((observerId) => ({ observerId, hasFocus: this.#chance.is(0.5) })),
      hasRecordingGrant: this.#chance.is(0.7),
      mutedSeatIds: seats.filter(() => this.#chance.is(0.2)).map(({ seatId }) => seatId),
      speakerId: this.#nextSpeaker(before),
    }
  }

  #nextSpeaker(before: RoomFacts | null): string | null {
    if (before?.speakerId && this.#chance.is(0.6)) return before.speakerId
    return this.#chance.is(0.7) ? this.#pick(this.observerIds) : null
  }

  #open(visit: KnownVisit, visitClass: VisitClass = this.#pick(VISIT_CLASSES)): Act {
    const seats = visit.seatIds.map((seatId, index) => ({
      seatId,
      party: index === 0 ? ('INMATE' as const) : ('VISITOR' as const),
      state: 'IN' as const,
      isInterpreter: index === 2,
    }))
    const facts = { ...this.#nextFacts(null), visitClass, seats }
    const { visitId, epoch } = visit
    return this.#act(`open ${visitId} ${visitClass}`, async () => {
      visit.router = await this.#control.call('openRoom', { visitId, epoch, facts: onWire(facts) })
      visit.facts = facts
    })
  }

  #update(visit: KnownVisit, facts: RoomFacts): Act {
    const { visitId, epoch } = visit
    const { state, policy } = facts
    return this.#act(`update ${visitId} ${state} ${policy.monitor}`, async () => {
      await this.#control.call('updateRoom', { visitId, epoch, facts: onWire(facts) })
      visit.facts = facts
    })
  }

  #restrict(visit: KnownVisit): Act {
    const facts = { ...this.#nextFacts(visit.facts), state: 'PAUSED' as const }
    return this.#update(visit, facts)
  }

  /** Facts that lie about the class: the room closes. */
  #flip(visit: KnownVisit): Act {
    const { visitId, epoch } = visit
    const facts = this.#nextFacts(visit.facts)
    const others = VISIT_CLASSES.filter((each) => each !== facts.visitClass)
    const lie = { ...facts, visitClass: this.#pick(others) }
    return this.#act(`flip ${visitId} to ${lie.visitClass}`, async () => {
      visit.facts = null
      visit.epoch += 1
      await this.#control.call('updateRoom', { visitId, epoch, facts: onWire(lie) })
    })
  }

  #close(visit: KnownVisit): Act {
    const { visitId } = visit
    return this.#act(`close ${visitId}`, async () => {
      visit.facts = null
      visit.epoch += 1
      await this.#control.call('closeRoom', { visitId })
    })
  }

  /** The next epoch takes the place of this one, perhaps of another class. */
  #place(visit: KnownVisit): Act {
    visit.epoch += 1
    return this.#open(visit)
  }

  #joinSeat(visit: KnownVisit): Act {
    return this.#peer(visit, { peerId: this.#pick(visit.seatIds), visitId: visit.visitId })
  }

  #observe(visit: KnownVisit, peerId: string): Act {
    return this.#peer(visit, { peerId, visitId: null })
  }

  #peer({ router }: KnownVisit, who: { peerId: string; visitId: string | null }): Act {
    return this.#act(`${who.visitId ? 'seat' : 'observer'} ${who.peerId} comes`, async () => {
      if (!router) return
      const rtpCapabilities: RtpCapabilities = router.routerRtpCapabilities
      const request = { ...who, routerId: router.routerId, rtpCapabilities }
      const { receive } = await this.#control.call('openPeer', request)
      this.receivers.set(receive.transportId, who)
      this.#there.add(`${router.routerId} ${who.peerId}`)
    })
  }

  #leave({ router }: KnownVisit, peerId: string): Act {
    return this.#act(`${peerId} leaves`, async () => {
      if (!router) return
      this.#there.delete(`${router.routerId} ${peerId}`)
      await this.#control.call('closePeer', { routerId: router.routerId, peerId })
    })
  }

  #publish({ router, visitId, seatIds }: KnownVisit): Act {
    const there = seatIds.filter((each) => this.#there.has(`${router?.routerId} ${each}`))
    const seatId = this.#pick(there.length > 0 ? there : seatIds)
    const kind: MediaKind = this.#chance.is(0.5) ? 'audio' : 'video'
    return this.#act(`${seatId} sends ${kind}`, async () => {
      if (!router) return
      const key = { routerId: router.routerId, peerId: seatId }
      const sent = { ...key, kind, rtpParameters: parametersOf(kind) }
      const { producerId } = await this.#control.call('createProducer', sent)
      this.sources.set(producerId, { visitId, owner: seatId, kind })
    })
  }

  #tap(visit: KnownVisit): Act {
    const { visitId, epoch } = visit
    const isForOther = this.#chance.is(0.2)
    return this.#act(
      `tap ${visitId}${isForOther ? ' by a grant of another visit' : ''}`,
      async () => {
        const grant = await aGrant(isForOther ? randomUUID() : visitId, {
          epoch,
          visitClass: visit.facts?.visitClass === 'official' ? 'official' : 'social',
        })
        const target = { address: '127.0.0.1', port: PORT }
        await this.#control.call('openTap', { visitId, epoch, grant, ...target })
      },
    )
  }

  #speak(visit: KnownVisit): Act {
    const { visitId } = visit
    const speakerId = visit.facts?.speakerId ?? this.#pick(this.observerIds)
    const kind: MediaKind = this.#chance.is(0.5) ? 'audio' : 'video'
    return this.#act(`${speakerId} speaks in ${visitId}`, async () => {
      await this.#control.call('openSpeaker', { visitId, speakerId })
      const sent = { visitId, speakerId, kind, rtpParameters: parametersOf(kind) } as const
      const { producerId } = await this.#control.call('produceSpeaker', sent)
      this.sources.set(producerId, { visitId, owner: speakerId, kind })
    })
  }

  #act(text: string, run: () => Promise<unknown>): Act {
    return { text, run }
  }
}

function parametersOf(kind: MediaKind) {
  return {
    codecs: [CODECS[kind]],
    encodings: [{ ssrc: randomInt(1, 0xffff_ffff) }],
    rtcp: { cname: 'interleaved' },
  }
}

/** The wire form has mutable arrays. */
function onWire(facts: RoomFacts) {
  return { ...facts, seats: [...facts.seats], observers: [...facts.observers] }
}
