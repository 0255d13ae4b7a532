/** Digits and signs that are in nobody's name: a slip, or something typed into the wrong field. */
const NOT_IN_A_NAME = /[\p{N}\p{S}@_/\\]/u

/** Whether a text can be a name; nothing at all can, it is only missing. */
export function isNameLike(text: string): boolean {
  return !NOT_IN_A_NAME.test(text)
}

/** What was typed into a named field of a form; nothing where it is missing. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
