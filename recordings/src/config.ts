import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { LogLevel, Secret, parseConfig } from '@visavis/platform/config'
import { ObjectStoreConfig } from '@visavis/platform/object-store/index'

/** Media nodes of this machine send here unless another address is named. */
const LOOPBACK = '127.0.0.1'
const DEFAULT_CONTROL_PORT = 4200
/** `recordings/data` of the checkout, which git ignores. */
const DEFAULT_DATA_DIR = resolve(import.meta.dirname, '../data')

/** "Every address" is meant for browsers; unencrypted RTP from anywhere is not, so it becomes loopback. */
const WILDCARDS: readonly string[] = ['0.0.0.0', '::']

const RecorderConfig = z.object({
  CONTROL_SECRET: Secret,
  GRANT_SECRET: Secret,
  RECORDER_CONTROL_PORT: z.coerce
    .number('must be a port number from 0 to 65535')
    .int('must be a whole number')
    .min(0, 'must be from 0 (the system chooses) to 65535')
    .max(65535, 'must be from 0 (the system chooses) to 65535')
    .default(DEFAULT_CONTROL_PORT),
  RECORDINGS_DIR: z
    .string()
    .default(DEFAULT_DATA_DIR)
    .transform((path) => resolve(path)),
  RTC_LISTEN_IP: z
    .string()
    .refine(
      (text) => isIP(text) !== 0,
      'must be an IP address of this machine, for example 127.0.0.1',
    )
    .default(LOOPBACK)
    .transform((address) => (WILDCARDS.includes(address) ? LOOPBACK : address)),
  /** Draws waveforms and makes copies; looked for on the PATH when it is not named. */
  FFMPEG_PATH: z.string().min(1).optional(),
  LOG_LEVEL: LogLevel.default('info'),
  ...ObjectStoreConfig.shape,
})

export type RecorderConfig = z.output<typeof RecorderConfig>

/** Parses the recorder's environment. Throws `ConfigFaults` listing every fault. */
export function recorderConfig(env: NodeJS.ProcessEnv): RecorderConfig {
  return parseConfig(RecorderConfig, env)
}
