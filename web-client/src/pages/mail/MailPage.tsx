import { NotFoundPage } from '../PlainPages.tsx'

/** Comes with its page. */
export function MailPage() {
  return <NotFoundPage />
}
