import { mediaCommands, mediaEvents } from '@visavis/contract/media-control'
import { connectControl } from '@visavis/platform/control-client'
import type { ProcessName, Stack } from './stack.ts'
import { until } from './until.ts'

/** Longer than a supervisor waits before it starts a process that has just ended, and that takes to boot. */
const RESTART_MS = 60_000

/** Kills a process as a crash would and waits until another one has its place. */
export async function crashAndReplace(stack: Stack, name: ProcessName): Promise<void> {
  const before = await stack.pidOf(name)
  await stack.crash(name)
  await until(
    async () => ((await stack.pidOf(name)) === before ? null : true),
    `another ${name}`,
    RESTART_MS,
  )
}

/** The media worker that carries visits which may be watched. */
export async function openWorkerPid({ mediaControl: { url, secret } }: Stack): Promise<number> {
  const control = connectControl({
    url,
    secret,
    commands: mediaCommands,
    events: mediaEvents,
    code: 'MEDIA_UNAVAILABLE',
  })
  try {
    await new Promise<void>((resolve) => control.onConnected(resolve))
    const { routers } = await control.call('describe', {})
    const open = routers.find(({ pool }) => pool === 'open')
    if (!open) throw new Error('the media node has no open router')
    return open.workerPid
  } finally {
    control.close()
  }
}
