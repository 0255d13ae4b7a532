import type { types } from 'mediasoup'
import type { ClientTransport } from './media-router.ts'
import type { ConsumerOwner } from './ownership.ts'

/** The one part of the library's inside that is needed: how a transport comes by the producer it consumes. */
type Inside = { getProducerById: (producerId: string) => types.Producer | undefined }

/**
 * Makes a consumer whose receiver can have nobody asked for a key frame (OV-3). Chromium asks for them though
 * none was negotiated, and the worker passes it on. But it takes no notice where a consumer is one of sound
 * (Consumer.cpp, ReceiveKeyFrameRequest), and nothing else that it does for one in layers goes by the kind
 * but congestion control, which observers have none of. So the worker, and nobody but the worker, is told
 * that this is sound: the library's object, which the watch and the census look at, has its true kind.
 */
export function consumeDeaf(
  transport: ClientTransport,
  options: types.ConsumerOptions<ConsumerOwner>,
): Promise<types.Consumer<ConsumerOwner>> {
  const inside = transport as unknown as Inside
  const { getProducerById } = inside
  let isTold = true
  inside.getProducerById = (producerId) => {
    const producer = getProducerById(producerId)
    return producer && toldAsSound(producer, () => isTold)
  }
  try {
    // Up to the request to the worker it runs without a wait.
    return transport.consume(options)
  } finally {
    isTold = false
    inside.getProducerById = getProducerById
  }
}

function toldAsSound(producer: types.Producer, isTold: () => boolean): types.Producer {
  return new Proxy(producer, {
    // The library's getters read private fields, which only the object itself has.
    get: (target, name): unknown =>
      name === 'kind' && isTold() ? 'audio' : Reflect.get(target, name, target),
  })
}
