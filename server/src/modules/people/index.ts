export { firstNameOf, fullNameOf } from './person-names.ts'
export type { PersonName } from './person-names.ts'
