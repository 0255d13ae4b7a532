import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Debian's Chromium looks for policies; nothing of it is touched: each browser here has its own view. */
const CHROMIUM_ETC = '/etc/chromium'
const CHROMIUM = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium'

/** Why no browser can be given a policy of its own here, or null. */
export function whyNoPolicies(): string | null {
  if (!existsSync(CHROMIUM)) return `there is no ${CHROMIUM}`
  if (!existsSync(CHROMIUM_ETC)) return `there is no ${CHROMIUM_ETC}`
  const tried = spawnSync('unshare', ['--mount', 'true'])
  return tried.status === 0 ? null : 'mount namespaces need root, and a kernel that lets it'
}

export type KioskBrowser = {
  /** The folder of its profile; `DevToolsActivePort` is written there when it can be debugged. */
  readonly profile: string
  readonly downloads: string
  readonly close: () => Promise<void>
}

/**
 * Chromium as a terminal runs it, with a policy that only it sees (null: none), on a page. Nothing drives
 * it from outside: the policy forbids that, and the page tells what it found.
 */
export function openKiosk(url: string, policy: object | null): KioskBrowser {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-kiosk-'))
  const [etc, profile, downloads] = ['etc', 'profile', 'home/Downloads'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  for (const each of [etc, profile, downloads]) mkdirSync(each, { recursive: true })
  cpSync(CHROMIUM_ETC, etc, { recursive: true })
  if (policy !== null) {
    mkdirSync(join(etc, 'policies/managed'), { recursive: true })
    writeFileSync(join(etc, 'policies/managed/visavis.json'), JSON.stringify(policy))
  }
  const wrapper = join(folder, 'chromium')
  const mount = `mount --bind ${etc} ${CHROMIUM_ETC} && exec ${CHROMIUM} "$@"`
  writeFileSync(wrapper, `#!/bin/sh\nexec unshare --mount sh -c '${mount}' sh "$@"\n`)
  chmodSync(wrapper, 0o755)
  const child = spawn(wrapper, flagsOf(url, profile), {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, HOME: join(folder, 'home') },
  })
  const close = async (): Promise<void> => {
    await endGroup(child)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { profile, downloads, close }
}

function flagsOf(url: string, profile: string): string[] {
  return [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--use-fake-device-for-media-stream',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--kiosk',
    url,
  ]
}

function endGroup(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      resolve()
      return
    }
    child.once('exit', () => resolve())
    process.kill(-child.pid, 'SIGKILL')
  })
}
