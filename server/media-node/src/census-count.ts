import type { types } from 'mediasoup'
import { CENSUS_COUNTS } from '@visavis/contract/census'
import type { CensusCount, CensusCounts } from '@visavis/contract/census'

type Thing = { readonly closed: boolean; readonly observer: { once: Listen } }
type Listen = (event: 'close', listener: () => void) => unknown

/**
 * Counts what stands on one router from the library's own events alone: it knows no room, no facts and no
 * code that made a thing. Whose a thing is, is read from its transport; who claims nothing is "other".
 */
export class RouterCount {
  readonly router: types.Router
  readonly #onChange: () => void
  readonly #now = zeros()
  #most = zeros()
  readonly #seats = new Map<string, number>()
  #visitId: string | null = null

  constructor(router: types.Router, onChange: () => void) {
    this.router = router
    this.#onChange = onChange
    router.observer.on('newtransport', (transport) => this.#addTransport(transport))
    router.observer.on('newrtpobserver', (one) => this.#add('rtpObservers', one))
  }

  /** From here on seats of that visit are what belongs here. */
  bind(visitId: string): void {
    this.#visitId = visitId
  }

  /** What stands now. */
  now(): CensusCounts {
    return { ...this.#now }
  }

  /** The most of each that stood at once since this was asked last. */
  takeMost(): CensusCounts {
    const most = this.#most
    this.#most = { ...this.#now }
    return most
  }

  #addTransport(transport: types.Transport): void {
    const peerId = this.#seatOf(transport)
    this.#add(transportCount(transport, peerId !== null), transport)
    if (peerId !== null && !transport.closed) this.#addSeat(peerId, transport)
    const isOfSeat = peerId !== null && transport.type === 'webrtc'
    const sink = consumerCount(transport, isOfSeat)
    const { observer } = transport
    observer.on('newproducer', (one) =>
      this.#add(isOfSeat ? 'seatProducers' : 'otherProducers', one),
    )
    observer.on('newconsumer', (one) => this.#add(sink, one))
    observer.on('newdataproducer', (one) => this.#add('dataChannels', one))
    observer.on('newdataconsumer', (one) => this.#add('dataChannels', one))
  }

  #seatOf({ appData }: types.Transport): string | null {
    const { role, visitId, peerId } = appData
    const isOurs = role === 'seat' && this.#visitId !== null && visitId === this.#visitId
    return isOurs && typeof peerId === 'string' ? peerId : null
  }

  #addSeat(peerId: string, transport: types.Transport): void {
    this.#seats.set(peerId, (this.#seats.get(peerId) ?? 0) + 1)
    this.#set('seats', this.#seats.size)
    transport.observer.once('close', () => {
      const left = (this.#seats.get(peerId) ?? 1) - 1
      if (left > 0) this.#seats.set(peerId, left)
      else this.#seats.delete(peerId)
      this.#set('seats', this.#seats.size)
    })
  }

  #add(name: CensusCount, thing: Thing): void {
    this.#set(name, this.#now[name] + 1)
    const remove = () => this.#set(name, this.#now[name] - 1)
    // Whoever listens before us may have closed it at once: it has been there all the same.
    if (thing.closed) remove()
    else thing.observer.once('close', remove)
  }

  #set(name: CensusCount, count: number): void {
    if (this.#now[name] === count) return
    this.#now[name] = count
    this.#most[name] = Math.max(this.#most[name], count)
    this.#onChange()
  }
}

function zeros(): CensusCounts {
  return Object.fromEntries(CENSUS_COUNTS.map((name) => [name, 0])) as CensusCounts
}

function transportCount({ type }: types.Transport, isOfSeat: boolean): CensusCount {
  switch (type) {
    case 'plain':
      return 'plainTransports'
    case 'pipe':
      return 'pipeTransports'
    case 'direct':
      return 'directTransports'
    case 'webrtc':
      return isOfSeat ? 'seatTransports' : 'otherTransports'
  }
}

const SINKS: Readonly<Record<string, CensusCount>> = {
  observer: 'observerConsumers',
  tap: 'tapConsumers',
  stills: 'stillsConsumers',
}

function consumerCount({ appData }: types.Transport, isOfSeat: boolean): CensusCount {
  if (isOfSeat) return 'seatConsumers'
  return SINKS[String(appData['role'])] ?? 'otherConsumers'
}
