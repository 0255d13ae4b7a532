import type { OwnedConsumer } from './peer.ts'

/**
 * Browsers take no notice of a request for a key frame within 300 ms of the one before: whoever comes second
 * (the recorder, mostly) asks again after that.
 */
const ASK_AGAIN_MS = 350
/** Then the receiver's own watch over its picture takes over. */
const MOST_TIMES = 4

/** Has a party's or the recorder's picture begin soon after its consumer was resumed. */
export function seeToFirstPicture(consumer: OwnedConsumer): void {
  let timer: NodeJS.Timeout | undefined
  const askUntilThere = (left: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (consumer.closed || consumer.paused || consumer.currentLayers) return
      consumer.requestKeyFrame().catch(() => undefined)
      if (left > 1) askUntilThere(left - 1)
    }, ASK_AGAIN_MS).unref()
  }
  // Of a picture in one layer nobody says whether it has begun.
  consumer.observer.on('resume', () =>
    askUntilThere(consumer.type === 'simulcast' ? MOST_TIMES : 1),
  )
  consumer.observer.once('close', () => clearTimeout(timer))
}
