export { addInbox } from './inbox.routes.ts'
