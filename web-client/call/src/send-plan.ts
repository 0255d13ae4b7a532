import type { LayerAsk } from '@visavis/contract/layer-asks'
import type { VideoLayer } from './encodings.ts'
import { layersAt, thinned } from './quality-rungs.ts'
import type { PictureSize } from './quality-rungs.ts'

/** What is sent of a person's picture and voice. */
export type SendPlan = {
  readonly picture: PictureSize | null
  /** Bit/s; null: no voice. */
  readonly voiceBps: number | null
  readonly others: number
  /** How much the smallest layer may take, by the others' lines. */
  readonly asked: LayerAsk
}

/** Has a picture go out as planned. A browser that does not know how sends on as before. */
export function planPicture(
  sender: RTCRtpSender | undefined,
  layers: readonly VideoLayer[],
  { picture, others, asked }: SendPlan,
): Promise<void> {
  const plans = thinned(layersAt(layers, picture, others), asked)
  return change(sender, (encoding, index) => {
    delete encoding.maxFramerate
    Object.assign(encoding, plans[index])
  })
}

/** Has a voice go out as planned. */
export function planVoice(sender: RTCRtpSender | undefined, { voiceBps }: SendPlan): Promise<void> {
  return change(sender, (encoding) => {
    encoding.active = voiceBps !== null
    if (voiceBps !== null) encoding.maxBitrate = voiceBps
  })
}

async function change(
  sender: RTCRtpSender | undefined,
  mend: (encoding: RTCRtpEncodingParameters, index: number) => void,
): Promise<void> {
  const parameters = sender?.getParameters()
  if (!sender || !parameters || parameters.encodings.length === 0) return
  parameters.encodings.forEach(mend)
  await sender.setParameters(parameters).catch(() => undefined)
}
