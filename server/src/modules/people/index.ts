export { isAdultAt } from './age.ts'
export { addPeople } from './people.ts'
export type { PeopleUses } from './people-kit.ts'
