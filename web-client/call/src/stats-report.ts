/** Figures of one kind of track we send, all layers together; counts since its sender began. */
export type SendFigures = {
  readonly kind: 'audio' | 'video'
  readonly bytes: number
  readonly packets: number
  /** Frames encoded and the best layer's picture; 0 for sound. */
  readonly frames: number
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  /** Requests of the other end: key frames and packets sent again. */
  readonly keyFrameRequests: number
  readonly resentPackets: number
  /** What holds the encoder back, as the browser says; null where it does not. */
  readonly limitedBy: 'none' | 'cpu' | 'bandwidth' | 'other' | null
  /** All sound the microphone gave so far, by its energy; null where the browser does not say, and for a picture. */
  readonly soundEnergy: number | null
  /** As the SFU reported it last: share of packets lost (0 to 1), milliseconds; null before its first report. */
  readonly lossShare: number | null
  readonly roundTripMs: number | null
  readonly jitterMs: number | null
}

/** Figures of one track we receive; counts since its receiver began. */
export type ReceiveFigures = {
  readonly kind: 'audio' | 'video'
  /** The browser's name of the track, by which its consumer is found. */
  readonly trackId: string
  readonly bytes: number
  readonly packets: number
  readonly packetsLost: number
  readonly jitterMs: number | null
  /** Frames decoded and the picture's size; 0 for sound. */
  readonly frames: number
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  readonly freezes: number
  readonly frozenMs: number
  /** Samples of sound that were made up because none had come, and all samples played; 0 for a picture. */
  readonly concealedSamples: number
  readonly samples: number
  /** How much was heard so far (`totalAudioEnergy`); 0 for a picture. */
  readonly soundEnergy?: number
}

/** Figures of one transport. Bytes count everything on the wire that the browser counts; bit/s are its estimates. */
export type TransportFigures = {
  readonly bytesSent: number
  readonly bytesReceived: number
  /** Both directions together; 0 where the browser does not say. */
  readonly packets: number
  readonly availableOutgoingBps: number | null
  readonly availableIncomingBps: number | null
  readonly roundTripMs: number | null
  readonly protocol: 'udp' | 'tcp' | null
  readonly isRelayed: boolean
}

type Entry = Readonly<Record<string, unknown>>

/** The entries of a `getStats` report in a plain list. */
export type ReportEntries = readonly Entry[]

/** What a report says of the tracks we send, one for each kind. */
export function sendFiguresOf(entries: ReportEntries): SendFigures[] {
  const kinds = ['audio', 'video'] as const
  return kinds.flatMap((kind) => {
    const layers = entries.filter((entry) => isRtp(entry, 'outbound-rtp', kind))
    if (layers.length === 0) return []
    const remote = entries.filter((entry) => isRtp(entry, 'remote-inbound-rtp', kind))
    const sources = entries.filter((entry) => isRtp(entry, 'media-source', kind))
    const soundEnergy = highest(sources, 'totalAudioEnergy')
    const figures = { ...totalsOf(layers), ...bestLayerOf(layers), ...worstReportOf(remote) }
    return [{ kind, ...figures, soundEnergy }]
  })
}

function totalsOf(layers: ReportEntries) {
  return {
    bytes: sum(layers, 'bytesSent') + sum(layers, 'headerBytesSent'),
    packets: sum(layers, 'packetsSent'),
    keyFrameRequests: sum(layers, 'pliCount') + sum(layers, 'firCount'),
    resentPackets: sum(layers, 'retransmittedPacketsSent'),
  }
}

function bestLayerOf(layers: ReportEntries) {
  const limits = layers.map((layer) => layer['qualityLimitationReason'])
  const limit = limits.find((each) => each !== undefined && each !== 'none') ?? limits.find(Boolean)
  return {
    frames: highest(layers, 'framesEncoded') ?? 0,
    width: highest(layers, 'frameWidth') ?? 0,
    height: highest(layers, 'frameHeight') ?? 0,
    framesPerSecond: highest(layers, 'framesPerSecond') ?? 0,
    limitedBy: (limit as SendFigures['limitedBy'] | undefined) ?? null,
  }
}

function worstReportOf(remote: ReportEntries) {
  return {
    lossShare: highest(remote, 'fractionLost'),
    roundTripMs: milliseconds(highest(remote, 'roundTripTime')),
    jitterMs: milliseconds(highest(remote, 'jitter')),
  }
}

/** What a report says of each track we receive. */
export function receiveFiguresOf(entries: ReportEntries): ReceiveFigures[] {
  return entries
    .filter((entry) => entry['type'] === 'inbound-rtp' && typeof entry['kind'] === 'string')
    .map((entry) => ({
      kind: entry['kind'] as ReceiveFigures['kind'],
      trackId: textOf(entry, 'trackIdentifier'),
      bytes: count(entry, 'bytesReceived') + count(entry, 'headerBytesReceived'),
      packets: count(entry, 'packetsReceived'),
      packetsLost: count(entry, 'packetsLost'),
      jitterMs: milliseconds(numberOf(entry, 'jitter')),
      frames: count(entry, 'framesDecoded'),
      width: count(entry, 'frameWidth'),
      height: count(entry, 'frameHeight'),
      framesPerSecond: count(entry, 'framesPerSecond'),
      freezes: count(entry, 'freezeCount'),
      frozenMs: milliseconds(count(entry, 'totalFreezesDuration')) ?? 0,
      concealedSamples: count(entry, 'concealedSamples'),
      samples: count(entry, 'totalSamplesReceived'),
      soundEnergy: count(entry, 'totalAudioEnergy'),
    }))
}

/** What a report says of its transport; null before a way through was found. */
export function transportFiguresOf(entries: ReportEntries): TransportFigures | null {
  const pair = selectedPairOf(entries)
  if (!pair) return null
  const local = entries.find((entry) => entry['id'] === pair['localCandidateId'])
  return {
    bytesSent: count(pair, 'bytesSent'),
    bytesReceived: count(pair, 'bytesReceived'),
    packets: count(pair, 'packetsSent') + count(pair, 'packetsReceived'),
    availableOutgoingBps: numberOf(pair, 'availableOutgoingBitrate'),
    availableIncomingBps: numberOf(pair, 'availableIncomingBitrate'),
    roundTripMs: milliseconds(numberOf(pair, 'currentRoundTripTime')),
    protocol: (local?.['protocol'] as TransportFigures['protocol'] | undefined) ?? null,
    isRelayed: local?.['candidateType'] === 'relay',
  }
}

function selectedPairOf(entries: ReportEntries): Entry | undefined {
  const selected = entries.find((entry) => entry['type'] === 'transport')?.[
    'selectedCandidatePairId'
  ]
  const pairs = entries.filter((entry) => entry['type'] === 'candidate-pair')
  // Firefox names none in its transport; it marks the pair itself.
  return (
    pairs.find((pair) => pair['id'] === selected) ??
    pairs.find((pair) => pair['selected'] === true) ??
    pairs.find((pair) => pair['nominated'] === true && pair['state'] === 'succeeded')
  )
}

function isRtp(entry: Entry, type: string, kind: string): boolean {
  return entry['type'] === type && entry['kind'] === kind
}

function numberOf(entry: Entry, name: string): number | null {
  const value = entry[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function textOf(entry: Entry, name: string): string {
  const value = entry[name]
  return typeof value === 'string' ? value : ''
}

function count(entry: Entry, name: string): number {
  return numberOf(entry, name) ?? 0
}

function sum(entries: ReportEntries, name: string): number {
  return entries.reduce((total, entry) => total + count(entry, name), 0)
}

function highest(entries: ReportEntries, name: string): number | null {
  const values = entries.map((entry) => numberOf(entry, name)).filter((value) => value !== null)
  return values.length > 0 ? Math.max(...values) : null
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1_000
}
