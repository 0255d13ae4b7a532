import type { Delivery } from './notice-rules.ts'
import type { Mail, Mailer } from './ports.ts'

/** A mail server that is silent for so long is tried again later; a worker waits for nothing else. */
const PATIENCE_MS = 10_000
/** Where a server says no to this address or this mail; elsewhere it says no to us, and a person mends that. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA'])

/** Sends through the SMTP server at `url` (`smtp://user:password@host:port`) as `from`. */
export function createSmtpMailer({ url, from }: { url: string; from: string }): Mailer {
  let transport: ReturnType<typeof openTransport> | null = null
  return {
    send: async (mail) => {
      transport ??= openTransport(url, from)
      const opened = await transport
      try {
        await opened.sendMail(messageOf(mail, from))
        return { kind: 'SENT' }
      } catch (error) {
        return deliveryOf(error)
      }
    },
  }
}

/** Loaded with the first mail: a server that starts anew in the middle of visits has none to send. */
async function openTransport(url: string, from: string) {
  const { createTransport } = await import('nodemailer')
  const options = {
    url,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    // Nothing in a mail of ours is read from a disk or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  return createTransport(options, { from })
}

function messageOf({ noticeId, to, subject, text, calendar }: Mail, from: string) {
  const domain = from.replace(/^.*@/, '').replace(/>.*$/, '') || 'localhost'
  return {
    // An object, not a string: no comma in an address makes two of it.
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${noticeId}@${domain}>`,
    headers: { 'auto-submitted': 'auto-generated' },
    ...(calendar === null
      ? {}
      : {
          icalEvent: { method: calendar.method, filename: 'visit.ics', content: calendar.text },
        }),
  }
}

type SmtpError = { code?: string; command?: string; responseCode?: number; response?: string }

function deliveryOf(error: unknown): Delivery {
  const { code = 'UNKNOWN', command = '', responseCode } = error as SmtpError
  // An address that no server can be asked about.
  if (code === 'EENVELOPE' && responseCode === undefined) {
    return { kind: 'BOUNCED', failure: 'SMTP_ADDRESS_UNUSABLE' }
  }
  const failure = responseCode === undefined ? `SMTP_${code}` : `SMTP_${responseCode}`
  const isForGood = responseCode !== undefined && responseCode >= 500 && ABOUT_THE_MAIL.has(command)
  return { kind: isForGood ? 'BOUNCED' : 'DEFERRED', failure }
}
