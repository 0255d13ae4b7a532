export type { ObjectStore } from './object-store.ts'
export { createFolderStore } from './folder-store.ts'
export { createObjectStore, ObjectStoreConfig } from './create-object-store.ts'
