import { Fault } from '@visavis/contract/errors'
import { createFieldCipher } from './field-cipher.ts'
import type { FieldCipher } from './field-cipher.ts'
import { createPersonKeys } from './person-keys.ts'
import type { PersonKeys, PersonKeysPlace } from './person-keys.ts'

/** What a database's personal fields are sealed with, and by whose destruction people are erased. */
export type Personal = { readonly keys: PersonKeys; readonly cipher: FieldCipher }

const personalOfClients = new WeakMap<object, Personal>()

/** Opens the keys at `place`. */
export function createPersonal(place: PersonKeysPlace): Personal {
  const keys = createPersonKeys(place)
  return { keys, cipher: createFieldCipher(keys, place.rootKey) }
}

/** Remembers what `client` seals with. */
export function rememberPersonal(client: object, personal: Personal): void {
  personalOfClients.set(client, personal)
}

/** What a client of {@link createDatabase} seals with; a Fault where it was opened without people's keys. */
export function personalOf(client: object): Personal {
  const personal = personalOfClients.get(client)
  if (personal) return personal
  throw new Fault('this database was opened without people’s keys: set KEY_ROOT')
}
