import { panic } from './errors.ts'
import { watchPermit } from './media-permits.ts'

/** A genuine permit to see social visits live, as an attacker might hold one. */
export function aPermit(): object {
  const permit = watchPermit('social', { monitor: 'AV', isRecorded: true }, 'LIVE')
  return permit ?? panic('a social visit may be watched')
}

/** The class of a permit, which its holder cannot be kept from. */
export function constructorOf(value: object) {
  return value.constructor as new (seal: unknown, scope: object) => object
}

/** Every way we know to come by an object that looks like a permit. */
export const FORGERIES: readonly [string, () => unknown][] = [
  ['nothing', () => null],
  ['no object at all', () => 'LIVE'],
  ['a cast', () => ({ use: 'LIVE', isPrivileged: false })],
  ['a spread copy', () => ({ ...aPermit() })],
  ['an assigned copy', () => Object.assign({}, aPermit())],
  ['JSON and back', () => JSON.parse(JSON.stringify(aPermit())) as unknown],
  ['a structured clone', () => structuredClone<unknown>(aPermit())],
  ['its prototype', () => Object.getPrototypeOf(aPermit()) as unknown],
  [
    'an heir of its prototype',
    () => Object.create(Object.getPrototypeOf(aPermit()) as object) as unknown,
  ],
  ['an heir of a permit', () => Object.create(aPermit()) as unknown],
  ['a proxy around one', () => new Proxy(aPermit(), {})],
  [
    'an object that was given its prototype',
    () =>
      Object.setPrototypeOf({ use: 'LIVE' }, Object.getPrototypeOf(aPermit()) as object) as unknown,
  ],
  [
    'what descends from its class and skips the seal',
    () =>
      Reflect.construct(
        function Forged() {
          // Makes an object of the heir's, as a constructor that never asked for the seal would.
        },
        [],
        constructorOf(aPermit()),
      ) as unknown,
  ],
]
