import { RECORDER_SINK, STILLS_SINK } from '@visavis/contract/media-graph'
import type { RoomFacts } from '@visavis/contract/media-graph'
import {
  GLANCES,
  LISTENS,
  OTHER,
  SELF,
  STRANGER,
  ruled,
  ruledSpeech,
} from '@visavis/contract/media-graph-fixture'
import type { Case } from '@visavis/contract/media-graph-fixture'
import type { CountedConsumer, LibraryCensus } from '../../../support/library-census.ts'
import type { Interleavings, KnownSource } from './interleavings.ts'

/** What stands in the library and may not, by the rules stated anew; one line each. */
export function forbiddenIn(census: LibraryCensus, known: Interleavings): string[] {
  return [
    ...[...census.consumers].flatMap((one) => faultOf(one, known) ?? []),
    ...forbiddenMeters(census, known),
    ...forbiddenTransports(census),
  ]
}

/** Who receives what now, as `audio at recorder`: what the rules were asked about. */
export function flowsIn(census: LibraryCensus, known: Interleavings): string[] {
  return [...census.consumers].flatMap((one) => {
    const source = known.sources.get(one.consumer.producerId)
    const facts = source ? factsOf(known, source) : null
    if (!source || !facts) return []
    const isOfSeat = facts.seats.some(({ seatId }) => seatId === source.owner)
    const name = isOfSeat ? nameOf(facts, source, sinkOf(one, known)) : 'an officer’s listener'
    return [`${source.kind} at ${name}`]
  })
}

function faultOf(one: CountedConsumer, known: Interleavings): string | null {
  const { consumer } = one
  const source = known.sources.get(consumer.producerId)
  if (!source) return `a consumer of a producer that nobody made: ${consumer.producerId}`
  const facts = factsOf(known, source)
  const sink = sinkOf(one, known)
  const isAllowed = facts !== null && had(facts, source, sink).includes(consumer.kind.charAt(0))
  if (isAllowed) return null
  const { visitClass, policy, state } = facts ?? {}
  const room = `${visitClass} ${policy?.monitor} ${state}`
  return `${consumer.kind} of ${source.owner} in ${source.visitId} (${room}) at ${sink.role} ${sink.sinkId}`
}

type Sink = { readonly role: 'seat' | 'observer' | 'node'; readonly sinkId: string }

/** Who receives there, by the commands that opened it; what the node itself made, by its transport's type. */
function sinkOf({ transport }: CountedConsumer, known: Interleavings): Sink {
  const receiver = known.receivers.get(transport.id)
  if (receiver) return { role: receiver.visitId ? 'seat' : 'observer', sinkId: receiver.peerId }
  if (transport.type === 'plain') return { role: 'node', sinkId: RECORDER_SINK }
  return { role: 'node', sinkId: transport.type === 'direct' ? STILLS_SINK : STRANGER }
}

function factsOf({ visits }: Interleavings, { visitId }: KnownSource): RoomFacts | null {
  return visits.find((visit) => visit.visitId === visitId)?.facts ?? null
}

/** What of that source the sink may have, as letters. */
function had(facts: RoomFacts, source: KnownSource, { role, sinkId }: Sink): string {
  const stateOf = (seatId: string) => facts.seats.find((seat) => seat.seatId === seatId)?.state
  const common = {
    visitClass: facts.visitClass,
    ...facts.policy,
    state: facts.state,
    hasGrant: facts.hasRecordingGrant,
    isSpeaking: facts.speakerId === source.owner,
  }
  const own = stateOf(source.owner)
  const other = role === 'seat' ? stateOf(sinkId) : undefined
  if (!own) {
    // Nobody of the seats: who speaks, and is heard by those who are in.
    const heard: Case = { ...common, own: other ?? 'REMOVED', other: 'REMOVED' }
    return role === 'seat' ? ruledSpeech(heard, SELF) : ''
  }
  const given: Case = { ...common, own, other: other ?? 'REMOVED' }
  return ruled(given, nameOf(facts, source, { role, sinkId }))
}

function nameOf(facts: RoomFacts, source: KnownSource, { role, sinkId }: Sink): string {
  if (role === 'node') return sinkId
  if (role === 'seat') return sinkId === source.owner ? SELF : OTHER
  const observer = facts.observers.find(({ observerId }) => observerId === sinkId)
  if (!observer) return STRANGER
  return observer.hasFocus ? LISTENS : GLANCES
}

/** A meter measures whom an officer in focus may hear, and nobody on a private router. */
function forbiddenMeters({ meters, routers }: LibraryCensus, known: Interleavings): string[] {
  const isProduced = (producerId: string) => known.sources.has(producerId)
  return [...meters].flatMap(({ routerId, producerIds }) => {
    const pool = routers.find(({ id }) => id === routerId)?.appData['pool']
    if (pool !== 'open') return [`a meter on a ${String(pool)} router`]
    return [...producerIds].filter(isProduced).flatMap((id) => forbiddenLevel(known, id) ?? [])
  })
}

function forbiddenLevel(known: Interleavings, producerId: string): string | null {
  const source = known.sources.get(producerId)
  const facts = source ? factsOf(known, source) : null
  if (!source || !facts) return null
  const observers = [{ observerId: STRANGER, hasFocus: true }]
  const ear: Sink = { role: 'observer', sinkId: STRANGER }
  const isHeard = had({ ...facts, observers }, source, ear).includes('a')
  return isHeard ? null : `a level of ${source.owner} in ${source.visitId}`
}

/** On a private router there is nothing but ends of browsers. */
function forbiddenTransports({ transports, routers }: LibraryCensus): string[] {
  const isPrivate = (routerId: string) =>
    routers.find(({ id }) => id === routerId)?.appData['pool'] === 'private'
  return [...transports]
    .filter(({ routerId }) => isPrivate(routerId))
    .filter(({ transport }) => transport.type !== 'webrtc')
    .map(({ transport }) => `a ${transport.type} transport on a private router`)
}
