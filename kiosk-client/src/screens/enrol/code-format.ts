/** Crockford's base 32, in which the server writes codes: nothing that looks like something else. */
export const CODE_LETTERS: readonly string[] = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')

const GROUP_LENGTH = 5
/** Letters of a whole code, without its dash. */
export const CODE_LENGTH = 10

/** Brings whatever was typed into the form `7QK2M-0XWDR`; look-alikes become the letter that is meant. */
export function formatCode(typed: string): string {
  const letters = Array.from(typed.toUpperCase())
    .map((letter) => (letter === 'O' ? '0' : 'IL'.includes(letter) ? '1' : letter))
    .filter((letter) => CODE_LETTERS.includes(letter))
    .slice(0, CODE_LENGTH)
    .join('')
  const [first, second] = [letters.slice(0, GROUP_LENGTH), letters.slice(GROUP_LENGTH)]
  return second === '' ? first : `${first}-${second}`
}

/** The code without its last letter. */
export function withoutLast(code: string): string {
  return formatCode(code.replaceAll('-', '').slice(0, -1))
}

/** Whether all letters are there. */
export function isWholeCode(code: string): boolean {
  return code.replaceAll('-', '').length === CODE_LENGTH
}
