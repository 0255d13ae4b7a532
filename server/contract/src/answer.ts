import { z } from 'zod'
import { Refusal, errorCodeOf } from './errors.ts'
import type { Command, DataOf, PayloadOf, ReplyOf } from './command.ts'
import { RequestId } from './command.ts'
import type { ErrorCode, FieldProblem, RefusalContext } from './errors.ts'
import { NULL_CURE, nullCharacterAt } from './null-character.ts'

/** What a handler is told besides the payload. */
export type CommandContext = { readonly requestId: string }

/** Remembers answers by request id, so that a repeated request is carried out once. */
export type ReplyMemory = {
  /** Runs `work` for a new id; gives the first one's promise for a known id; refuses an id reused for something else. */
  once<Reply>(
    key: { requestId: string; fingerprint: string },
    work: () => Promise<Reply>,
  ): Promise<Reply>
}

export type AnswerOptions = {
  /** Called with every answer that was not an acceptance; for logs and for counting malformed messages. */
  readonly onRefused?: (fact: { command: string; code: ErrorCode; error: unknown }) => void
  readonly memory?: ReplyMemory
}

/** `trace` is sent between our own processes: the id of the request that led to this one. */
const EnvelopeShape = z.strictObject({
  requestId: RequestId,
  payload: z.unknown(),
  trace: RequestId.optional(),
})

/** Lists what is wrong with a payload, field by field. */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.map((issue) => ({
    field: issue.path.join('.') || '(message)',
    cure: issue.message,
  }))
}

/**
 * The one way a socket command is answered: parse, run, reply. Never throws and never leaves a caller
 * without an answer; a message without an acknowledgement function is malformed and is not carried out.
 */
export function answer<C extends Command>(
  command: C,
  handler: (payload: PayloadOf<C>, context: CommandContext) => Promise<DataOf<C>>,
  options: AnswerOptions = {},
): (envelope: unknown, ack: unknown) => Promise<void> {
  return async (envelope, ack) => {
    if (isAcknowledgement(ack)) ack(await replyTo(command, handler, { envelope, options }))
    else options.onRefused?.({ command: command.name, code: 'BAD_REQUEST', error: null })
  }
}

async function replyTo<C extends Command>(
  command: C,
  handler: (payload: PayloadOf<C>, context: CommandContext) => Promise<DataOf<C>>,
  { envelope, options }: { envelope: unknown; options: AnswerOptions },
): Promise<ReplyOf<C>> {
  const opened = EnvelopeShape.safeParse(envelope)
  if (!opened.success)
    return refuse(command, options, { requestId: null, error: badRequest(opened.error) })
  const { requestId } = opened.data
  const nullAt = nullCharacterAt(opened.data.payload)
  if (nullAt !== null) {
    const fields = [{ field: nullAt || '(message)', cure: NULL_CURE }]
    return refuse(command, options, { requestId, error: new Refusal('BAD_REQUEST', { fields }) })
  }
  const payload = command.payload.safeParse(opened.data.payload)
  if (!payload.success)
    return refuse(command, options, { requestId, error: badRequest(payload.error) })
  const run = async (): Promise<ReplyOf<C>> => {
    const data = await handler(payload.data as PayloadOf<C>, { requestId })
    return { ok: true, data: command.reply.parse(data) } as ReplyOf<C>
  }
  try {
    if (!options.memory) return await run()
    const fingerprint = `${command.name} ${JSON.stringify(payload.data)}`
    return await options.memory.once({ requestId, fingerprint }, run)
  } catch (error) {
    return refuse(command, options, { requestId, error })
  }
}

function refuse<C extends Command>(
  command: C,
  options: AnswerOptions,
  { requestId, error }: { requestId: string | null; error: unknown },
): ReplyOf<C> {
  const code = errorCodeOf(error)
  options.onRefused?.({ command: command.name, code, error })
  const context: RefusalContext = error instanceof Refusal ? error.context : {}
  return { ok: false, code, requestId, context }
}

function isAcknowledgement(ack: unknown): ack is (reply: unknown) => void {
  return typeof ack === 'function'
}

function badRequest(error: z.ZodError): Refusal {
  return new Refusal('BAD_REQUEST', { fields: fieldProblems(error) })
}
