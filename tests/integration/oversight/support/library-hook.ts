import { observer as mediasoup } from 'mediasoup'
import type { types } from 'mediasoup'

/** Gets at the library's objects as somebody would who goes around our code. Made before the media node. */
export function hookLibrary() {
  const workers: types.Worker[] = []
  const routers: types.Router[] = []
  const collect = (worker: types.Worker): void => {
    workers.push(worker)
    worker.observer.on('newrouter', (router) => routers.push(router))
  }
  mediasoup.on('newworker', collect)
  return {
    /** The newest private router that stands. */
    privateRouter: (): types.Router => {
      const found = routers.findLast(
        ({ closed, appData }) => !closed && appData['pool'] === 'private',
      )
      if (!found) throw new Error('no private router stands')
      return found
    },
    /** Takes the watch's ears from the workers that stand; it hears of no router from now on. Gives them back. */
    deafen: (): (() => void) => {
      const deaf = workers
        .filter(({ closed, appData }) => !closed && appData['pool'] === 'private')
        .map(({ observer }) => ({ observer, listeners: observer.listeners('newrouter') }))
      for (const { observer, listeners } of deaf) {
        // This hook listens first, then the census, and the watch last.
        const watch = listeners.at(-1)
        if (watch) observer.off('newrouter', watch as never)
      }
      return () => {
        for (const { observer, listeners } of deaf) {
          const watch = listeners.at(-1)
          if (watch) observer.on('newrouter', watch as never)
        }
      }
    },
    close: (): void => void mediasoup.off('newworker', collect),
  }
}
