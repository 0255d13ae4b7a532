import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DevelopmentMessage } from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import type { Delivery } from './notice-rules.ts'
import type { Mailer, SmsSender } from './ports.ts'

/** A domain and a form of number that can never be anybody's (RFC 6761, E.164): refused as at a real server. */
const NOBODYS_ADDRESS = /\.invalid$/i
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/

type Given = { readonly dir: string; readonly clock: Clock }

/** Puts mails into a folder instead of sending them. */
export function createFolderMailer(given: Given): Mailer {
  return {
    send: async ({ noticeId, to, subject, text, calendar }) => {
      if (NOBODYS_ADDRESS.test(to)) return { kind: 'BOUNCED', failure: 'FOLDER_ADDRESS' }
      const attachments = calendar === null ? [] : [{ name: 'visit.ics', text: calendar.text }]
      const message = { messageId: noticeId, channel: 'EMAIL' as const, to, subject, text }
      return store({ ...message, attachments }, given)
    },
  }
}

/** Puts text messages into the same folder. */
export function createFolderSms(given: Given): SmsSender {
  return {
    send: async ({ noticeId, to, text }) => {
      if (!PHONE_NUMBER.test(to)) return { kind: 'BOUNCED', failure: 'FOLDER_NUMBER' }
      const message = { messageId: noticeId, channel: 'SMS' as const, to, subject: '', text }
      return store({ ...message, attachments: [] }, given)
    },
  }
}

/** What lies in the folder, the newest first; a file that is none of ours is passed over. */
export async function readMessages(dir: string, limit: number): Promise<DevelopmentMessage[]> {
  const names = await readdir(dir).catch(() => [])
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .toReversed()
  const messages = await Promise.all(newest.slice(0, limit).map((name) => readMessage(dir, name)))
  return messages.flatMap((message) => message ?? [])
}

async function readMessage(dir: string, name: string): Promise<DevelopmentMessage | null> {
  try {
    return DevelopmentMessage.parse(JSON.parse(await readFile(join(dir, name), 'utf8')))
  } catch {
    return null
  }
}

async function store(
  message: Omit<DevelopmentMessage, 'sentAt'>,
  { dir, clock }: Given,
): Promise<Delivery> {
  const sentAt = clock.now().toISOString()
  // The name sorts by time.
  const file = join(dir, `${sentAt.replaceAll(':', '')}-${message.messageId}.json`)
  try {
    await mkdir(dir, { recursive: true })
    await writeFile(`${file}.part`, JSON.stringify({ ...message, sentAt }, null, 2))
    await rename(`${file}.part`, file)
    return { kind: 'SENT' }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
    return { kind: 'DEFERRED', failure: `FOLDER_${code}` }
  }
}
