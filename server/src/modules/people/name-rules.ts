/** Cyrillic letters as passports write them, after diacritics are off (so й is и, ё is е). */
const LATIN_OF: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'i' },
  ...{ і: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u' },
  ...{ ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'i', ь: '', э: 'e' },
  ...{ ю: 'iu', я: 'ia' },
  // Latin letters that do not come apart into a letter and a mark.
  ...{ ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i', þ: 'th', ð: 'd' },
}
/** Spellings between which transliterations waver. */
const WAVERING: readonly (readonly [RegExp, string])[] = [
  [/kh/g, 'h'],
  [/[yj]/g, 'i'],
  [/w/g, 'v'],
  [/ii+/g, 'i'],
]
/** Winkler's own: how much a common beginning counts, and for how many letters. */
const PREFIX_WEIGHT = 0.1
const LONGEST_PREFIX = 4

/** A name as it is compared for likeness: Latin, lower case, without marks, spaces and hyphens. */
export function foldedName(name: string): string {
  const bare = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const latin = Array.from(bare, (letter) => LATIN_OF[letter] ?? letter).join('')
  const letters = latin.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return WAVERING.reduce((text, [from, to]) => text.replaceAll(from, to), letters)
}

/** Whether two names are written alike; only case, Unicode form and spaces may differ. */
export function isSameName(one: string, other: string): boolean {
  return writtenName(one) === writtenName(other)
}

function writtenName(name: string): string {
  return name.normalize('NFC').toLowerCase().trim().replaceAll(/\s+/g, ' ')
}

/** How alike two texts are, 0 … 1 (Jaro-Winkler); 1 for equal ones. */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1
  const jaro = jaroOf(Array.from(one), Array.from(other))
  const longest = Math.min(LONGEST_PREFIX, one.length, other.length)
  let prefix = 0
  while (prefix < longest && one[prefix] === other[prefix]) prefix += 1
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro)
}

function jaroOf(one: readonly string[], other: readonly string[]): number {
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1)
  const taken = new Set<number>()
  const matchedOfOne: string[] = []
  for (const [index, letter] of one.entries()) {
    const found = matchIn(other, { letter, from: index - reach, to: index + reach, taken })
    if (found === null) continue
    taken.add(found)
    matchedOfOne.push(letter)
  }
  const matches = matchedOfOne.length
  if (matches === 0) return 0
  const matchedOfOther = other.filter((_, index) => taken.has(index))
  const moved = matchedOfOne.filter((letter, index) => letter !== matchedOfOther[index]).length
  return (matches / one.length + matches / other.length + (matches - moved / 2) / matches) / 3
}

function matchIn(
  letters: readonly string[],
  wanted: { letter: string; from: number; to: number; taken: ReadonlySet<number> },
): number | null {
  const { letter, from, to, taken } = wanted
  for (let index = Math.max(0, from); index <= Math.min(letters.length - 1, to); index += 1) {
    if (letters[index] === letter && !taken.has(index)) return index
  }
  return null
}
