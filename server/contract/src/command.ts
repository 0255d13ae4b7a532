import { z } from 'zod'
import type { ErrorCode, RefusalContext } from './errors.ts'

/** A request on a socket: what is sent, what comes back, and every expected no. */
export type Command<
  Name extends string = string,
  Payload extends z.ZodType = z.ZodType,
  Data extends z.ZodType = z.ZodType,
  Code extends ErrorCode = ErrorCode,
> = {
  readonly name: Name
  readonly payload: Payload
  readonly reply: Data
  readonly refusals: readonly Code[]
  /** Sent by the page of itself: no sign of anybody being there, unless the payload says `isTouched`. */
  readonly isByMachine?: true
}

/** Refusals that any command can meet, besides its own list. */
export type CommonRefusal =
  | 'BAD_REQUEST'
  | 'NOT_SIGNED_IN'
  | 'SESSION_EXPIRED'
  | 'SESSION_ENDED'
  | 'FORBIDDEN'
  | 'TOO_MANY_REQUESTS'
  | 'REQUEST_ID_REUSED'
  | 'DEPENDENCY_FAILED'
  | 'INTERNAL'

/** Declares a command; the name is `noun:verb`. */
export function defineCommand<
  const Name extends string,
  Payload extends z.ZodType,
  Data extends z.ZodType,
  const Code extends ErrorCode = never,
>(command: {
  name: Name
  payload: Payload
  reply: Data
  refusals?: readonly Code[]
  isByMachine?: true
}): Command<Name, Payload, Data, Code> {
  return { ...command, refusals: command.refusals ?? [] }
}

/** Names one request of one caller; a repeated one gets the first one's answer. */
export const RequestId = z.uuid()

/** What is said when a command was carried out. */
export type Accepted<Data> = { readonly ok: true; readonly data: Data }
/** What is said when it was not. */
export type Refused<Code extends string> = {
  readonly ok: false
  readonly code: Code
  readonly requestId: string | null
  readonly context: RefusalContext
}

export type PayloadOf<C extends Command> = z.output<C['payload']>
export type PayloadInputOf<C extends Command> = z.input<C['payload']>
/** Replies and events are typed as they are written (unbranded ids), on both ends. */
export type DataOf<C extends Command> = z.input<C['reply']>
/** The answer to a command; `code` narrows to the codes it declares and the common ones. */
export type ReplyOf<C extends Command> =
  Accepted<DataOf<C>> | Refused<C['refusals'][number] | CommonRefusal>

/** A list of commands keyed as one likes; the wire name is inside. */
export type CommandList = Readonly<Record<string, Command>>

/** The envelope of every command on a socket. */
export type Envelope<Payload> = { readonly requestId: string; readonly payload: Payload }

/** socket.io's client-to-server event map of a list of commands. */
export type CommandEvents<List extends CommandList> = {
  [K in keyof List as List[K]['name']]: (
    envelope: Envelope<PayloadInputOf<List[K]>>,
    ack: (reply: ReplyOf<List[K]>) => void,
  ) => void
}

/** A fact told by a server: `noun:pastTense` and the shape of what is told. */
export type EventDefinition<Name extends string = string, Payload extends z.ZodType = z.ZodType> = {
  readonly name: Name
  readonly payload: Payload
}

/** Declares an event; the name is in the past tense. */
export function defineEvent<const Name extends string, Payload extends z.ZodType>(
  name: Name,
  payload: Payload,
): EventDefinition<Name, Payload> {
  return { name, payload }
}

export type EventList = Readonly<Record<string, EventDefinition>>

/** socket.io's server-to-client event map of a list of events. */
export type EventsOf<List extends EventList> = {
  [K in keyof List as List[K]['name']]: (payload: z.input<List[K]['payload']>) => void
}

/** Names of the events of a list. */
export type EventName<List extends EventList> = List[keyof List]['name']
/** What is told with the event of that wire name. */
export type EventPayload<List extends EventList, Name extends EventName<List>> = z.input<
  Extract<List[keyof List], { readonly name: Name }>['payload']
>

/** Bumped when a message changes incompatibly; sent in the handshake and checked there. */
export const PROTOCOL_VERSION = 1
