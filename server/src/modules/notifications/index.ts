import type { ServerConfig } from '../../config.ts'
import type { ModuleGround } from '../../platform/module-ground.ts'
import type { Policy } from '../policy/index.ts'
import type { Tasks } from '../tasks/index.ts'
import { createDeliveriesRepo } from './deliveries.repo.ts'
import { createListsRepo } from './lists.repo.ts'
import { createListsService } from './lists.service.ts'
import { createFolderMailer, createFolderSms } from './message-folder.ts'
import { bindNoticeRoutes } from './notices.routes.ts'
import { createNotices } from './notices.service.ts'
import type { Notices } from './notices.ts'
import type { Mailer, SmsSender } from './ports.ts'
import { queueReminders } from './reminders.service.ts'
import { createRemindersRepo } from './reminders.repo.ts'
import { sendNotices } from './send-notice.service.ts'
import { createSmsGateway } from './sms-gateway.ts'
import { createSmtpMailer } from './smtp-mailer.ts'
import { createTerminalNoticesRepo } from './terminal-notices.repo.ts'
import { createTerminalNotices } from './terminal-notices.service.ts'

export { noticeSubject } from './words.ts'
export type { NewNotice, Notices, NoticeTo, PartiesNotice } from './notices.ts'

const EVERY_MINUTE = '* * * * *'

/** Telling people: the outbox for other modules, its jobs and its routes. */
export function addNotifications(
  ground: ModuleGround,
  { tasks, policy }: { tasks: Tasks; policy: Policy },
): Notices {
  const { bind, clock, config, db, jobs, log } = ground
  const notices = createNotices({ clock, jobs, hasSms: config.sms !== null })
  bindNoticeRoutes(bind, {
    lists: createListsService({ db, repo: createListsRepo(db), policy }),
    terminal: createTerminalNotices({ ...ground, repo: createTerminalNoticesRepo(db) }),
    openFolder: openFolderOf(config),
  })
  addSending(ground, tasks)
  const reminding = { ...ground, notices, repo: createRemindersRepo(db) }
  jobs.handle('reminders.queue', async () => {
    const visits = await queueReminders(reminding)
    if (visits > 0) log.info({ visits }, 'reminders queued')
  })
  jobs.every('reminders.queue', EVERY_MINUTE)
  return notices
}

function addSending(ground: ModuleGround, tasks: Tasks): void {
  const { config, db, jobs, log } = ground
  const repo = createDeliveriesRepo(db)
  const sending = { ...ground, ...portsOf(ground), repo, tasks, origin: config.publicOrigin }
  if (config.isProduction && config.mail.kind === 'folder') {
    log.warn('MAIL_URL is not set: mails are kept in MAIL_DIR and nobody gets them')
  }
  jobs.handle('notice.send', ({ noticeIds }: { noticeIds: string[] }) =>
    sendNotices(noticeIds, { ...sending, sender: config.mail.from }),
  )
}

function portsOf({ config, clock }: ModuleGround): { mailer: Mailer; sms: SmsSender } {
  const { mail, sms } = config
  const folder = { dir: config.mailDir, clock }
  return {
    mailer: mail.kind === 'smtp' ? createSmtpMailer(mail) : createFolderMailer(folder),
    sms: sms?.kind === 'gateway' ? createSmsGateway(sms) : createFolderSms(folder),
  }
}

function openFolderOf({ isProduction, mail, mailDir }: ServerConfig): string | null {
  return isProduction || mail.kind === 'smtp' ? null : mailDir
}
