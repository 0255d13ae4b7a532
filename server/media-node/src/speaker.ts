import { EventEmitter } from 'node:events'
import type { types } from 'mediasoup'
import type { SpeakerSource } from '@visavis/contract/media-graph'
import type { MediaKind } from '@visavis/contract/rtc'
import { ClientConnect } from './client-connect.ts'
import type { ClientTransport, MediaRouter } from './media-router.ts'
import { SentTracks } from './sent-tracks.ts'

/** Whose speech it is, in which visit. */
export type SpeakerKey = { readonly visitId: string; readonly speakerId: string }

type SpeakerEvents = { sourcesChanged: [] }

/** The sending end of an officer who speaks to both sides of one visit (OV-5); it receives nothing. */
export class Speaker extends EventEmitter<SpeakerEvents> {
  readonly speakerId: string
  readonly send: ClientTransport
  readonly #visitId: string
  readonly #sent: SentTracks<SpeakerKey>
  readonly #connects = new ClientConnect()

  constructor(router: MediaRouter, send: ClientTransport, { visitId, speakerId }: SpeakerKey) {
    super()
    this.speakerId = speakerId
    this.send = send
    this.#visitId = visitId
    this.#sent = new SentTracks(router, () => this.emit('sourcesChanged'))
  }

  /** What the officer sends, as the media graph knows it. */
  sources(): SpeakerSource[] {
    const { speakerId } = this
    return this.#sent.all().map(({ id, kind }) => ({
      producerId: id,
      speakerId,
      kind,
    }))
  }

  /** Takes the client's DTLS parameters; a repeated call has the first one's result. */
  connect(transportId: string, dtlsParameters: types.DtlsParameters): Promise<void> {
    return this.#connects.connect([this.send], transportId, dtlsParameters)
  }

  /** Publishes a track in the place of one of its kind; refuses with PRODUCER_REFUSED. */
  produce(kind: MediaKind, rtpParameters: types.RtpParameters): Promise<string> {
    const appData = { visitId: this.#visitId, speakerId: this.speakerId }
    return this.#sent.publish(this.send, { kind, rtpParameters, appData })
  }

  /** Idempotent; closes what is sent and with it whatever is consumed of it. */
  close(): void {
    this.send.close()
    this.removeAllListeners()
  }
}

/** Opens the transport of a speaker. */
export async function openSpeaker(router: MediaRouter, key: SpeakerKey): Promise<Speaker> {
  const { visitId, speakerId } = key
  const send = await router.openClientTransport({ role: 'speaker', visitId, speakerId })
  return new Speaker(router, send, key)
}
