/** What this device keeps of being a terminal. The private key can sign, and cannot be taken out. */
export type StoredDevice = {
  readonly terminalId: string
  /** The newest device session that it was given. */
  readonly lastSessionId: string
  readonly privateKey: CryptoKey
}

/** Where it is kept; it outlives the page and the browser. */
export type DeviceStore = {
  readonly read: () => Promise<StoredDevice | null>
  readonly write: (device: StoredDevice) => Promise<void>
  readonly forget: () => Promise<void>
}

const DATABASE = 'visavis-terminal'
const TABLE = 'device'
const ROW = 'this'

/** IndexedDB: the only place in a browser that keeps a key without letting anybody read it. */
export function createDeviceStore(): DeviceStore {
  let opened: Promise<IDBDatabase> | null = null
  const table = async (mode: IDBTransactionMode): Promise<IDBObjectStore> => {
    opened ??= open()
    const database = await opened
    return database.transaction(TABLE, mode).objectStore(TABLE)
  }
  return {
    read: async () =>
      ((await answerOf((await table('readonly')).get(ROW))) as StoredDevice | undefined) ?? null,
    write: async (device) => done((await table('readwrite')).put(device, ROW)),
    forget: async () => done((await table('readwrite')).delete(ROW)),
  }
}

function open(): Promise<IDBDatabase> {
  const asked = indexedDB.open(DATABASE, 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore(TABLE)
  return answerOf(asked)
}

function answerOf<Answer>(asked: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new DOMException('the store gave no answer'))
  })
}

/** Resolves when it is kept, and not only asked for. */
function done(asked: IDBRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const { transaction } = asked
    if (transaction === null) {
      resolve()
      return
    }
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new DOMException('not kept'))
  })
}
