import { connectControl } from '@visavis/platform/control-client'
import type { ControlClient } from '@visavis/platform/control-client'
import type { Logger } from '@visavis/platform/log'
import { mediaCommands, mediaEvents } from '@visavis/contract/media-control'
import type { RouterInfo } from '@visavis/contract/media-control'
import type { DataOf } from '@visavis/contract/command'
import { Refusal } from '@visavis/contract/errors'

/** The control link to one media node. */
export type MediaLink = ControlClient<typeof mediaCommands, typeof mediaEvents>
/** All that a node holds, as it tells it. */
export type NodeDescription = DataOf<typeof mediaCommands.describe>

/** One media node and what is known of it. */
export type MediaNode = {
  readonly url: string
  readonly link: MediaLink
  /** Routers by id, while the link stands. */
  readonly routers: ReadonlyMap<string, RouterInfo>
  /** True from the end of reconciliation to the loss of the link: only then may rooms be placed. */
  readonly isReady: () => boolean
}

/** What the owner of the nodes does when one comes or goes. */
export type NodeHooks = {
  /** The node's rooms and the database's are to be brought together; the node is ready when it resolves. */
  readonly reconcile: (node: MediaNode, description: NodeDescription) => Promise<void>
  readonly ready: (node: MediaNode) => void
  readonly lost: (node: MediaNode) => void
  readonly routerAdded: (node: MediaNode, router: RouterInfo) => void
  readonly routerRemoved: (node: MediaNode, routerId: string) => void
}

export type MediaNodes = {
  readonly all: readonly MediaNode[]
  readonly byUrl: (url: string) => MediaNode | undefined
  readonly ofRouter: (routerId: string) => MediaNode | undefined
  /** Waits until the node is ready, at most `withinMs`; tells whether it is. */
  readonly whenReady: (url: string, withinMs: number) => Promise<boolean>
  readonly close: () => void
}

/** A describe that failed is asked again after this long, while the link stands. */
const DESCRIBE_AGAIN_MS = 1_000

/** Connects to every media node and keeps trying; a node is asked what it holds at each connection. */
export function connectMediaNodes(options: {
  urls: readonly string[]
  secret: string
  hooks: NodeHooks
  log: Logger
}): MediaNodes {
  const waiters = new Set<() => void>()
  const wake = (): void => [...waiters].forEach((waiter) => waiter())
  const all = options.urls.map((url) => connectNode(url, { ...options, wake }))
  const byUrl = (url: string): MediaNode | undefined => all.find((node) => node.url === url)
  return {
    all,
    byUrl,
    ofRouter: (routerId) => all.find((node) => node.routers.has(routerId)),
    async whenReady(url, withinMs) {
      const isReady = (): boolean => byUrl(url)?.isReady() ?? false
      if (!isReady() && byUrl(url)) await waitFor(isReady, waiters, withinMs)
      return isReady()
    },
    close: () => all.forEach((node) => node.link.close()),
  }
}

/** Runs a command there and answers MEDIA_UNAVAILABLE where the node says that the room is not there. */
export async function callNode<T>(command: Promise<T>): Promise<T> {
  try {
    return await command
  } catch (error) {
    const isGone = error instanceof Refusal && error.code === 'ROOM_NOT_FOUND'
    throw isGone ? new Refusal('MEDIA_UNAVAILABLE') : error
  }
}

function waitFor(isDone: () => boolean, waiters: Set<() => void>, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      waiters.delete(look)
      resolve()
    }
    const look = (): void => {
      if (isDone()) finish()
    }
    const timer = setTimeout(finish, withinMs)
    waiters.add(look)
  })
}

function connectNode(
  url: string,
  { secret, hooks, log, wake }: { secret: string; hooks: NodeHooks; log: Logger; wake: () => void },
): MediaNode {
  const link: MediaLink = connectControl({
    url,
    secret,
    commands: mediaCommands,
    events: mediaEvents,
    code: 'MEDIA_UNAVAILABLE',
  })
  const routers = new Map<string, RouterInfo>()
  let isReady = false
  const node: MediaNode = { url, link, routers, isReady: () => isReady }
  const takeStock = async (): Promise<void> => {
    const description = await link.call('describe', {})
    routers.clear()
    description.routers.forEach((router) => routers.set(router.routerId, router))
    await hooks.reconcile(node, description)
    isReady = link.isConnected()
    hooks.ready(node)
    description.routers.forEach((router) => hooks.routerAdded(node, router))
    log.info({ url, rooms: description.rooms.length }, 'media node is ready')
    wake()
  }
  const takeStockOrRetry = (): void => {
    takeStock().catch((error: unknown) => {
      log.error({ url, err: error }, 'media node could not be asked what it holds')
      if (link.isConnected()) setTimeout(takeStockOrRetry, DESCRIBE_AGAIN_MS).unref()
    })
  }
  link.onConnected(takeStockOrRetry)
  link.onLost(() => {
    isReady = false
    const gone = [...routers.keys()]
    log.info({ url }, 'media node link closed')
    gone.forEach((routerId) => hooks.routerRemoved(node, routerId))
    hooks.lost(node)
  })
  link.on('router:added', (router) => {
    routers.set(router.routerId, router)
    hooks.routerAdded(node, router)
  })
  link.on('router:removed', ({ routerId }) => {
    routers.delete(routerId)
    hooks.routerRemoved(node, routerId)
  })
  return node
}
