import { NotFoundPage } from '../PlainPages.tsx'

/** Comes with its page. */
export function ProfilePages() {
  return <NotFoundPage />
}
