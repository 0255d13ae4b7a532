import type { Delivery } from './notice-rules.ts'

/** A mail, complete. */
export type Mail = {
  /** Stays the same when a mail is sent again after a crash: mail programs show such twins once. */
  readonly noticeId: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly text: string } | null
}

/** A text message, complete; `to` is an international number (`+` and digits). */
export type Sms = { readonly noticeId: string; readonly to: string; readonly text: string }

/** How mails leave. Never throws: what fails is a `Delivery` too. */
export type Mailer = { readonly send: (mail: Mail) => Promise<Delivery> }

/** How text messages leave, likewise. */
export type SmsSender = { readonly send: (sms: Sms) => Promise<Delivery> }
