/** Somebody who types a long text loses their place in it less easily in groups of four. */
const GROUP = 4

/** A secret as it is shown: `ABCD EFGH IJ`. */
export function inGroups(secret: string): string {
  return (secret.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join(' ')
}
