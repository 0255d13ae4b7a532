import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { systemClock } from '@visavis/platform/clock'
import {
  createFolderMailer,
  createFolderSms,
  readMessages,
} from '../../../../server/src/modules/notifications/message-folder.ts'
import type { Mailer, SmsSender } from '../../../../server/src/modules/notifications/ports.ts'
import { createSmsGateway } from '../../../../server/src/modules/notifications/sms-gateway.ts'
import { createSmtpMailer } from '../../../../server/src/modules/notifications/smtp-mailer.ts'

/** What arrived at the other end, as text. */
export type Arrived = { readonly to: string; readonly text: string }

/** A way for messages with its other end; `breakOff` makes that end unable to take anything now. */
export type End<Way> = {
  readonly way: Way
  readonly arrived: () => Promise<readonly Arrived[]>
  readonly breakOff: () => Promise<void>
  readonly close: () => Promise<void>
}

const FROM = 'no-reply@visits.example'
/** Refused for good by every end: nobody can have them. */
export const NOBODY = 'nobody@bounce.invalid'
export const NO_NUMBER = '12'

/** A real SMTP server that knows everybody but `.invalid`, which it refuses with 550. */
export async function smtpEnd(): Promise<End<Mailer>> {
  const mails: Arrived[] = []
  let isBroken = false
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      if (isBroken) done(Object.assign(new Error('try later'), { responseCode: 451 }))
      else if (!address.endsWith('.invalid')) done()
      else done(Object.assign(new Error(`no such user ${address}`), { responseCode: 550 }))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? ''
        mails.push({ to, text: Buffer.concat(chunks).toString('utf8') })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    way: createSmtpMailer({ url: `smtp://127.0.0.1:${port}`, from: FROM }),
    arrived: async () => mails,
    breakOff: async () => {
      isBroken = true
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** The folder; broken when a file stands in its place. */
async function folderEnd<Way>(create: (dir: string) => Way): Promise<End<Way>> {
  const parent = await mkdtemp(join(tmpdir(), 'visavis-mail-'))
  const dir = join(parent, 'mail')
  return {
    way: create(dir),
    arrived: async () =>
      (await readMessages(dir, 100)).map(({ to, ...message }) => ({
        to,
        text: [message.messageId, message.subject, message.text]
          .concat(message.attachments.map(({ text }) => text))
          .join('\n'),
      })),
    breakOff: async () => {
      await rm(dir, { recursive: true, force: true })
      await writeFile(dir, '')
    },
    close: () => rm(parent, { recursive: true }),
  }
}
export const mailFolderEnd = () =>
  folderEnd<Mailer>((dir) => createFolderMailer({ dir, clock: systemClock }))
export const smsFolderEnd = () =>
  folderEnd<SmsSender>((dir) => createFolderSms({ dir, clock: systemClock }))

export const SMS_TOKEN = 'token-of-the-gateway'

/** An HTTP gateway that wants its token and refuses what is no number with 422. */
export async function gatewayEnd(): Promise<End<SmsSender>> {
  const messages: Arrived[] = []
  let isBroken = false
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const sms = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Arrived
      const isAllowed = request.headers.authorization === `Bearer ${SMS_TOKEN}`
      const status = isBroken ? 503 : !isAllowed ? 401 : /^\+\d{7,}$/.test(sms.to) ? 202 : 422
      if (status === 202) messages.push(sms)
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    way: createSmsGateway({ url: `http://127.0.0.1:${port}/messages`, token: SMS_TOKEN }),
    arrived: async () => messages,
    breakOff: async () => {
      isBroken = true
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
