/** More words than a name has only narrow what is empty already. */
const MOST_WORDS = 4

/**
 * A typed search as the beginnings that are looked for, each as an ILIKE pattern; every one must begin
 * a name or number. Empty: everybody.
 */
export function searchPatterns(query: string): string[] {
  const words = query.normalize('NFC').split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  return words.map((word) => `${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
}
