import { answer } from '@visavis/contract/answer'
import type { CommandContext, ReplyMemory } from '@visavis/contract/answer'
import type { Command, CommandList, DataOf, PayloadOf } from '@visavis/contract/command'
import { Fault, Refusal } from '@visavis/contract/errors'
import type { Logger } from '@visavis/platform/log'
import type { Socket } from 'socket.io'
import { runAllowed } from './allowed-by.ts'
import type { AllowedBy } from './allowed-by.ts'
import { isDatabaseGone } from './database-gone.ts'

/** Carries out each command of a list for one socket; `actor` was read anew for this very message. */
export type SocketHandlers<List extends CommandList, A> = {
  readonly [K in keyof List]: (
    payload: PayloadOf<List[K]>,
    context: CommandContext & { readonly actor: A },
  ) => Promise<DataOf<List[K]>>
}

/** After so many malformed messages it is no client of ours any more. */
export const MAX_MALFORMED = 20

/** `isByMachine`: sent by the page of itself, with nobody's hand on it. */
export type SocketAsked = { readonly isByMachine: boolean }

type Binding<List extends CommandList, A> = {
  readonly commands: List
  readonly handlers: SocketHandlers<List, A>
  /** Whoever speaks, read anew (TR-3); throws the Refusal for a sign-in that is over. */
  readonly authorise: (asked: SocketAsked) => Promise<A>
  /** What binds whoever speaks to what is asked for; goes into the audit entries of the command. */
  readonly reachOf: (actor: A) => AllowedBy['reach']
  /** Where the answers to a command are remembered. */
  readonly memoryOf: (command: string) => ReplyMemory
  readonly log: Logger
}

/**
 * Answers a socket's commands and nothing else. Malformed and unknown messages are refused and counted;
 * after {@link MAX_MALFORMED} the connection is closed.
 */
export function bindSocket<List extends CommandList, A>(
  socket: Socket,
  binding: Binding<List, A>,
): void {
  const { commands, log } = binding
  const known = new Set(Object.values(commands).map(({ name }) => name))
  let malformed = 0
  const countMalformed = (): void => {
    malformed += 1
    if (malformed < MAX_MALFORMED) return
    log.warn({ malformed }, 'socket closed after malformed messages')
    socket.disconnect(true)
  }
  socket.onAny((event: string, ...args: unknown[]) => {
    if (known.has(event)) return
    countMalformed()
    refuseUnknown(args.at(-1))
  })
  for (const key of Object.keys(commands)) bindCommand(socket, binding, { key, countMalformed })
}

function bindCommand<List extends CommandList, A>(
  socket: Socket,
  { commands, handlers, authorise, reachOf, memoryOf, log }: Binding<List, A>,
  { key, countMalformed }: { key: keyof List; countMalformed: () => void },
): void {
  const command = commands[key]
  const handler = handlers[key]
  if (!command) return
  const run = answer(
    command,
    async (payload, context) => {
      try {
        const actor = await authorise({ isByMachine: isByMachine(command, payload) })
        const by = { rule: `socket:${command.name}`, reach: reachOf(actor) }
        return await runAllowed(by, () => handler(payload, { ...context, actor }))
      } catch (error) {
        throw isDatabaseGone(error)
          ? new Fault('the database is out of reach', { cause: error })
          : error
      }
    },
    {
      memory: memoryOf(command.name),
      onRefused: ({ command: name, code, error }) => {
        logRefusal(log, { command: name, code }, error)
        if (code === 'BAD_REQUEST') countMalformed()
      },
    },
  )
  socket.on(command.name, (envelope: unknown, ack: unknown) => void run(envelope, ack))
}

function isByMachine(command: Command, payload: unknown): boolean {
  const isTouched =
    typeof payload === 'object' &&
    payload !== null &&
    'isTouched' in payload &&
    payload.isTouched === true
  return command.isByMachine === true && !isTouched
}

function logRefusal(log: Logger, fact: { command: string; code: string }, error: unknown): void {
  if (error === null || error instanceof Refusal) log.debug(fact, 'refused')
  else log.error({ ...fact, err: error }, 'command failed')
}

function refuseUnknown(ack: unknown): void {
  if (typeof ack !== 'function') return
  const tell = ack as (reply: object) => void
  tell({ ok: false, code: 'BAD_REQUEST', requestId: null, context: {} })
}
