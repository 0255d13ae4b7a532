/** What is said of a text with U+0000 in it. */
export const NULL_CURE = 'Leave out the character U+0000.'

/**
 * Where a JSON value has the character U+0000, in a text or a key: the path to it, with dots; null: nowhere.
 * PostgreSQL keeps no such text, and nobody means to write one.
 */
export function nullCharacterAt(value: unknown): string | null {
  const open: (readonly [path: string, value: unknown])[] = [['', value]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, each] = next
    if (typeof each === 'string' && each.includes('\0')) return path
    if (typeof each !== 'object' || each === null || ArrayBuffer.isView(each)) continue
    for (const [key, inner] of Object.entries(each)) {
      if (key.includes('\0')) return path
      open.push([path === '' ? key : `${path}.${key}`, inner])
    }
  }
  return null
}
