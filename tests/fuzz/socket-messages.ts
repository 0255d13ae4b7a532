import fc from 'fast-check'
import type { Command, CommandList } from '@visavis/contract/command'
import { PREFLIGHT_NAMESPACE, preflightCommands } from '@visavis/contract/preflight-socket'
import { VISIT_NAMESPACE, visitCommands } from '@visavis/contract/visit-socket'
import { WALL_NAMESPACE, wallCommands } from '@visavis/contract/wall-socket'
import type { Chance } from '../support/seeded.ts'
import { brokenOnce, jsonText, nasty } from './broken-json.ts'
import { arbitraryOf } from './zod-arbitrary.ts'
import type { Hints } from './zod-arbitrary.ts'

export type NamespaceName = 'visit' | 'wall' | 'preflight'

/** Every namespace with all that can be asked there. */
export const NAMESPACES: Readonly<
  Record<NamespaceName, { readonly path: string; readonly commands: CommandList }>
> = {
  visit: { path: VISIT_NAMESPACE, commands: visitCommands },
  wall: { path: WALL_NAMESPACE, commands: wallCommands },
  preflight: { path: PREFLIGHT_NAMESPACE, commands: preflightCommands },
}

/** One message as it is put on a socket. */
export type Message = {
  readonly event: string
  readonly args: readonly unknown[]
  /**
   * How it is sent: waiting for an answer; with none asked for; so that none can be given; dropped if the line is
   * busy; as a raw frame.
   */
  readonly way: 'asked' | 'unasked' | 'hopeless' | 'volatile' | 'raw'
  /** What its answer must fit; null: any refusal will do. */
  readonly command: Command | null
}

const AT_A_TIME = 32
const OVER_THE_LIMIT = 70_000
const DEEP = 2_000

/** Frames that no client of the protocol writes, for the namespace `/n`. */
const RAW_FRAMES = [
  '4',
  '42/n',
  '42/n,',
  '42/n,[',
  '42/n,{}',
  '42/n,[null]',
  '42/n,["disconnect"]',
  '42/n,["connect_error",1]',
  '42/n,["newListener"]',
  '42/n,[{}]',
  '42/n,99999999999999999999["link:check",{}]',
  '43/n,0[]',
  '43/n,7["x"]',
  '44/n,{"message":"x"}',
  '451-/n,["link:check",{"_placeholder":true,"num":0}]',
  '45999999999-/n,["x"]',
  '46',
  '40/nowhere,',
  '40/__proto__,{}',
  '40/n,"x"',
  '6',
  'ÿ',
]

/** Makes messages for one namespace, the same for the same chance and ids. */
export class SocketMessages {
  readonly #path: string
  readonly #commands: readonly Command[]
  readonly #hints: Hints
  readonly #chance: Chance
  readonly #made = new Map<string, unknown[]>()
  #lastEnvelope: unknown = null

  constructor(name: NamespaceName, given: { hints: Hints; chance: Chance }) {
    const { path, commands } = NAMESPACES[name]
    this.#path = path
    this.#commands = Object.values(commands)
    this.#hints = given.hints
    this.#chance = given.chance
  }

  next(): Message {
    const chance = this.#chance
    const command = chance.pick(this.#commands)
    if (command === null) throw new Error('a namespace without commands')
    const roll = chance.below(1_000)
    const envelope = { requestId: crypto.randomUUID(), payload: this.#payloadOf(command) }
    const message = { event: command.name, args: [envelope], way: 'asked' as const, command }
    if (roll < 640) return this.#remembered(message)
    if (roll < 760) return this.#repeated(message)
    if (roll < 820) return { ...message, way: 'volatile' }
    if (roll < 890) return this.#broken(message)
    return this.#odd(message, roll)
  }

  #remembered(message: Message): Message {
    this.#lastEnvelope = message.args[0]
    return message
  }

  /** An id that was used before: for the same, or for something else. */
  #repeated(message: Message): Message {
    const args = this.#lastEnvelope === null ? message.args : [this.#lastEnvelope]
    return { ...message, args }
  }

  #broken(message: Message): Message {
    const broken: unknown = JSON.parse(jsonText(brokenOnce(message.args[0], this.#chance)))
    return { ...message, args: [broken] }
  }

  #odd(message: Message, roll: number): Message {
    const [envelope] = message.args
    const odd = { ...message, command: null }
    if (roll < 915) return { ...odd, way: 'unasked' }
    if (roll < 925)
      return { ...odd, args: [envelope, nasty(this.#chance), 'more'], way: 'hopeless' }
    if (roll < 935) return { ...odd, args: [], way: 'hopeless' }
    if (roll < 945) return { ...odd, args: [Buffer.from('binary'), envelope], way: 'hopeless' }
    if (roll < 965) return { ...odd, args: [{ ...Object(envelope), payload: Buffer.alloc(64, 1) }] }
    if (roll < 975) return { ...odd, event: this.#unknownEvent() }
    if (roll < 990) return { ...odd, args: [JSON.parse(`${'['.repeat(DEEP)}${']'.repeat(DEEP)}`)] }
    if (roll < 993) return { ...odd, args: [{ requestId: 'x'.repeat(OVER_THE_LIMIT) }] }
    const frame = this.#chance.pick(RAW_FRAMES) ?? '4'
    return { ...odd, event: frame.replace('/n', this.#path), args: [], way: 'raw' }
  }

  #unknownEvent(): string {
    const names = [
      'x',
      '',
      'visit:explode',
      '__proto__',
      'constructor',
      'toString',
      'seat:join ',
      'я',
    ]
    return this.#chance.pick(names) ?? 'x'
  }

  #payloadOf({ name, payload }: Command): unknown {
    const waiting = this.#made.get(name) ?? []
    if (waiting.length === 0) {
      const arbitrary = arbitraryOf(payload, { hints: this.#hints, field: '' })
      const seed = this.#chance.below(2 ** 31)
      waiting.push(...fc.sample(arbitrary, { numRuns: AT_A_TIME, seed }))
      this.#made.set(name, waiting)
    }
    return waiting.pop()
  }
}
