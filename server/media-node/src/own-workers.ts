import { observer } from 'mediasoup'
import type { types } from 'mediasoup'

/**
 * Tells of every worker of this node that the library makes from now on; another node in this process (tests)
 * listens for itself. Returns what ends it: a worker that was told of stays known until it closes. Idempotent.
 */
export function onOwnWorker(bootId: string, heard: (worker: types.Worker) => void): () => void {
  const listener = (worker: types.Worker): void => {
    if (worker.appData['bootId'] === bootId) heard(worker)
  }
  observer.on('newworker', listener)
  return () => observer.off('newworker', listener)
}
