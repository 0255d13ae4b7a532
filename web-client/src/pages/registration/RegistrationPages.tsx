import { NotFoundPage } from '../PlainPages.tsx'

/** Comes with its page. */
export function RegistrationPages() {
  return <NotFoundPage />
}
