/** Six words of a list of some two hundred are as many guesses as nobody has before a lock-out. */
const WORDS = 6
const RANDOM_BYTES = 4

/** How long a password is to be, and how far a typed one is. */
export type PasswordLength =
  | { readonly state: 'EMPTY' }
  | { readonly state: 'SHORT'; readonly missing: number }
  | { readonly state: 'ENOUGH' }
  | { readonly state: 'LONG' }

/** From here on even a fast machine that has stolen everything guesses in vain, if the words are nobody's saying. */
const LONG = 24

/** How far a typed password is from `least` characters, counted as people count them. */
export function lengthOf(password: string, least: number): PasswordLength {
  const typed = Array.from(password).length
  if (typed === 0) return { state: 'EMPTY' }
  if (typed < least) return { state: 'SHORT', missing: least - typed }
  return { state: typed < LONG ? 'ENOUGH' : 'LONG' }
}

/** A number from 0 to below `count`, each as likely; from the browser's own source of chance. */
export function fairPick(count: number): number {
  const limit = Math.floor(2 ** (RANDOM_BYTES * 8) / count) * count
  const drawn = new Uint32Array(1)
  do {
    crypto.getRandomValues(drawn)
  } while ((drawn[0] ?? limit) >= limit)
  return (drawn[0] ?? 0) % count
}

/** A password of everyday words that somebody can say to themselves: `words` are of one language. */
export function passphraseOf(words: readonly string[], pick = fairPick): string {
  return Array.from({ length: WORDS }, () => words[pick(words.length)]).join(' ')
}
