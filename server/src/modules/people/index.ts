export { isAdultAt } from './age.ts'
export { addPeople } from './people.ts'
export { FACE_KINDS } from './seat-picture.repo.ts'
export type { PeopleUses } from './people-kit.ts'
