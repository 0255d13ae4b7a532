import { NotFoundPage } from '../PlainPages.tsx'

/** Comes with its page. */
export function PeoplePages() {
  return <NotFoundPage />
}
