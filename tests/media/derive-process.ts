import type { DerivativeJob } from '@visavis/contract/recorder-control'
import { createFolderStore } from '@visavis/platform/object-store/index'
import { createDeriver } from '@visavis/recordings/derive/deriver'
import type { DerivativeKeys } from '@visavis/recordings/derive/deriver'
import { findFfmpeg } from '@visavis/recordings/derive/ffmpeg'

/** A process that makes a copy, to be killed in the middle of it; says so when it has begun. */
type Order = { readonly root: string; readonly job: DerivativeJob; readonly keys: DerivativeKeys }

process.on('message', ({ root, job, keys }: Order) => {
  const deriver = createDeriver({
    workDir: root,
    store: createFolderStore(root),
    findFfmpeg: () => findFfmpeg(),
    onProgress: (_, share) => process.send?.(share),
  })
  void deriver.make(job, keys)
})
