import { PROTOCOL_VERSION } from '@visavis/contract/command'
import { fieldProblems } from '@visavis/contract/answer'
import { Refusal, errorCodeOf } from '@visavis/contract/errors'
import type { Logger } from '@visavis/platform/log'
import type { Namespace, Socket } from 'socket.io'
import type { z } from 'zod'
import { noteCaller } from './socket-door.ts'

/**
 * Lets only well-formed, current and signed-in connections into a namespace; the client reads the code in
 * `connect_error`'s `message` and the facts in its `data`.
 */
export function guardNamespace<Shape extends z.ZodType<{ protocolVersion: number }>>(
  namespace: Pick<Namespace, 'use'>,
  options: {
    handshake: Shape
    /** Lets the socket in, or throws its Refusal; tells whose socket it is. */
    admit: (socket: Socket, handshake: z.output<Shape>) => Promise<string>
    log: Logger
  },
): void {
  namespace.use((socket, next) => {
    const admit = async (): Promise<void> => {
      const handshake = openHandshake(options.handshake, socket.handshake.auth)
      noteCaller(socket, await options.admit(socket, handshake))
    }
    admit().then(
      () => next(),
      (error: unknown) => {
        if (!(error instanceof Refusal)) options.log.error({ err: error }, 'handshake failed')
        next(asConnectError(error))
      },
    )
  })
}

function openHandshake<Shape extends z.ZodType<{ protocolVersion: number }>>(
  shape: Shape,
  auth: unknown,
): z.output<Shape> {
  const parsed = shape.safeParse(auth)
  if (!parsed.success) throw new Refusal('BAD_REQUEST', { fields: fieldProblems(parsed.error) })
  if (parsed.data.protocolVersion !== PROTOCOL_VERSION) {
    const cure = `Load the page again: this server speaks version ${PROTOCOL_VERSION}.`
    throw new Refusal('BAD_REQUEST', { fields: [{ field: 'protocolVersion', cure }] })
  }
  return parsed.data
}

function asConnectError(error: unknown): Error {
  const code = errorCodeOf(error)
  const context = error instanceof Refusal ? error.context : {}
  return Object.assign(new Refusal(code, context), { data: { code, context } })
}
