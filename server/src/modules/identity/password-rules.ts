import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

/** What is around somebody that a guesser would try first. */
export type PasswordContext = {
  readonly login: string
  readonly names: readonly string[]
}

/** Words of this service and its pages. */
const OURS = ['vis-a-vis', 'visavis', 'video visit', 'visit', 'prison', 'facility']
/** Below 10^10 guesses: what the most common passwords and their simple changes take (zxcvbn: 2 and less of 4). */
const WEAKEST = 3
/** A shorter part of a name is in too many words. */
const SHORTEST_PART = 3
/** What is left when everything personal is taken out has to be worth something by itself. */
const SHORTEST_REST = 8

let factory: ZxcvbnFactory | null = null

/**
 * Why a password of the right length is still refused: it is common, or made of what everybody can know;
 * null: it is good. There are no rules of composition (NIST 800-63B, 3.1.1.2).
 */
export function passwordFault(
  password: string,
  context: PasswordContext,
): 'PASSWORD_COMMON' | 'PASSWORD_PERSONAL' | null {
  const personal = personalWords(context)
  if (restOf(password, personal).length < SHORTEST_REST) return 'PASSWORD_PERSONAL'
  factory ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  const verdict = factory.check(password, [...personal, ...OURS])
  return verdict.score < WEAKEST ? 'PASSWORD_COMMON' : null
}

function personalWords({ login, names }: PasswordContext): string[] {
  const parts = [
    login,
    ...login.split(/[@.\-_+]/),
    ...names,
    ...names.flatMap((name) => name.split(/\s+/)),
  ]
  const words = [...parts, ...OURS].map((part) => part.toLowerCase())
  return [...new Set(words)].filter((word) => word.length >= SHORTEST_PART)
}

/** The letters and digits that are left without those words, the longest taken out first. */
function restOf(password: string, words: readonly string[]): string {
  const longestFirst = [...words].sort((one, other) => other.length - one.length)
  const rest = longestFirst.reduce(
    (left, word) => left.replaceAll(word, ''),
    password.toLowerCase(),
  )
  return rest.replaceAll(/[^\p{L}\p{N}]/gu, '')
}
