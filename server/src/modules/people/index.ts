export { firstNameOf, fullNameOf } from './person-names.ts'
export type { PersonName } from './person-names.ts'
export function addPeople(..._parts: unknown[]): never {
  return {} as never
}
