import { Client } from 'pg'

/** A connection that hears one of PostgreSQL's channels until it is closed. */
export type Listening = { readonly close: () => Promise<void> }

export type ListenOptions = {
  readonly url: string
  /** A lower-case name; `pg_notify` speaks into it. */
  readonly channel: string
  readonly onMessage: (payload: string) => void
  /** After each loss of the connection: messages in between were missed. */
  readonly onReconnected: () => void
  readonly onLost: (error: unknown) => void
}

const RETRY_MS = 1_000

/** Listens, and again after each loss. Resolves once it hears, or once the first try has failed. */
export async function listen(options: ListenOptions): Promise<Listening> {
  let isClosed = false
  let client: Client | null = null
  let timer: NodeJS.Timeout | null = null
  const connect = async (isAgain: boolean): Promise<void> => {
    const fresh = new Client({
      connectionString: options.url,
      application_name: 'visavis listener',
    })
    fresh.on('notification', ({ payload }) => options.onMessage(payload ?? ''))
    fresh.on('error', (error) => lose(fresh, error))
    fresh.on('end', () => lose(fresh, null))
    client = fresh
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${fresh.escapeIdentifier(options.channel)}`)
      if (isAgain) options.onReconnected()
    } catch (error) {
      lose(fresh, error)
    }
  }
  const lose = (lost: Client, error: unknown): void => {
    if (isClosed || client !== lost) return
    client = null
    options.onLost(error)
    lost.end().catch(() => undefined)
    timer = setTimeout(() => void connect(true), RETRY_MS)
  }
  await connect(false)
  return {
    close: async () => {
      isClosed = true
      if (timer) clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
