/** The parts of a person's name, as they are stored. */
export type PersonName = { readonly givenName: string; readonly familyName: string }

/** How staff and the person themself see the name. */
export function fullNameOf({ givenName, familyName }: PersonName): string {
  return `${givenName} ${familyName}`
}

/** How the other side of a visit sees the name: no more than a first name (EL-8). */
export function firstNameOf({ givenName }: PersonName): string {
  return givenName
}
