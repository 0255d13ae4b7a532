import { connectControl } from '@visavis/platform/control-client'
import type { ControlClient } from '@visavis/platform/control-client'
import type { Logger } from '@visavis/platform/log'
import type { DataOf, EventPayload } from '@visavis/contract/command'
import { recorderCommands, recorderEvents } from '@visavis/contract/recorder-control'
import type { Signal } from '../../platform/signal.ts'

/** The control link to one recorder. */
export type RecorderLink = ControlClient<typeof recorderCommands, typeof recorderEvents>
/** A recording as its recorder tells it. */
export type ToldRecording = DataOf<typeof recorderCommands.describe>['recordings'][number]

/** How far a recording is on disk. */
export type ToldHead = EventPayload<typeof recorderEvents, 'recording:head'>

/** That a recorder could not go on with a recording. */
export type ToldFailure = EventPayload<typeof recorderEvents, 'recording:failed'>

/** What the owner of the links does when something is heard. */
export type RecorderHooks = {
  /** A recorder has (again) been reached and tells all it holds; it counts as ready when this resolves. */
  readonly reached: (link: RecorderLink, recordings: readonly ToldRecording[]) => Promise<void>
  readonly ready: () => void
  readonly lost: (link: RecorderLink) => void
  readonly head: (head: ToldHead) => void
  readonly finished: (recording: ToldRecording) => void
  readonly failed: (link: RecorderLink, failure: ToldFailure) => void
  readonly copies: CopySignals
}

/** What is heard of copies that a recorder makes. */
export type CopySignals = {
  readonly progressed: Signal<EventPayload<typeof recorderEvents, 'derivative:progress'>>
  readonly made: Signal<EventPayload<typeof recorderEvents, 'derivative:made'>>
  readonly failed: Signal<EventPayload<typeof recorderEvents, 'derivative:failed'>>
}

export type RecorderLinks = {
  /** A recorder that is ready, or null; `loadOf` tells how much each has to do. */
  readonly pick: (loadOf: (link: RecorderLink) => number) => RecorderLink | null
  readonly health: () => readonly { url: string; isReady: boolean }[]
  readonly close: () => void
}

/** A describe that failed is asked again after this long, while the link stands. */
const DESCRIBE_AGAIN_MS = 1_000

/** Connects to every recorder and keeps trying. */
export function connectRecorders(options: {
  urls: readonly string[]
  secret: string
  hooks: RecorderHooks
  log: Logger
}): RecorderLinks {
  const ready = new Set<RecorderLink>()
  let isClosed = false
  const lost = (link: RecorderLink): void => {
    // A link that we let go of ourselves is no news of the recorder.
    if (!isClosed) options.hooks.lost(link)
  }
  const hooks = { ...options.hooks, lost }
  const links = options.urls.map((url) => connectRecorder(url, { ...options, hooks, ready }))
  return {
    pick: (loadOf) => [...ready].toSorted((a, b) => loadOf(a) - loadOf(b))[0] ?? null,
    health: () => links.map((link) => ({ url: link.url, isReady: ready.has(link) })),
    close: () => {
      isClosed = true
      links.forEach((link) => link.close())
    },
  }
}

function connectRecorder(
  url: string,
  {
    secret,
    hooks,
    log,
    ready,
  }: { secret: string; hooks: RecorderHooks; log: Logger; ready: Set<RecorderLink> },
): RecorderLink {
  const link: RecorderLink = connectControl({
    url,
    secret,
    commands: recorderCommands,
    events: recorderEvents,
    code: 'RECORDER_UNAVAILABLE',
  })
  const takeStock = async (): Promise<void> => {
    const { recordings } = await link.call('describe', {})
    await hooks.reached(link, recordings)
    if (!link.isConnected()) return
    ready.add(link)
    log.info({ url, recordings: recordings.length }, 'recorder is ready')
    hooks.ready()
  }
  const takeStockOrRetry = (): void => {
    takeStock().catch((error: unknown) => {
      log.error({ url, err: error }, 'recorder could not be asked what it holds')
      if (link.isConnected()) setTimeout(takeStockOrRetry, DESCRIBE_AGAIN_MS).unref()
    })
  }
  link.onConnected(takeStockOrRetry)
  link.onLost(() => {
    ready.delete(link)
    log.info({ url }, 'recorder link closed')
    hooks.lost(link)
  })
  link.on('recording:head', hooks.head)
  link.on('recording:finished', hooks.finished)
  link.on('recording:failed', (failure) => hooks.failed(link, failure))
  link.on('derivative:progress', hooks.copies.progressed.emit)
  link.on('derivative:made', hooks.copies.made.emit)
  link.on('derivative:failed', hooks.copies.failed.emit)
  return link
}
