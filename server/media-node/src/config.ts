import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { LogLevel, Port, Secret, parseConfig } from '@visavis/platform/config'

/** What a media node is told at its start. */
export type MediaNodeConfig = {
  /** Known to every server that may drive this node. */
  readonly controlSecret: string
  /** Known to whoever signs recording grants. */
  readonly grantSecret: string
  readonly controlPort: number
  /** Port of the first worker, UDP and TCP; each further worker takes the next one. */
  readonly rtcPort: number
  /** Where media is received; the first one also talks to recorders of other machines. */
  readonly listen: readonly [ListenAddress, ...ListenAddress[]]
  /** Workers for visits that may be watched; one more is always kept for privileged visits. */
  readonly openWorkers: number
  /** The worker program, or null for the one that mediasoup brought. */
  readonly workerBin: string | null
  readonly logLevel: z.output<typeof LogLevel>
}

/** An address of this machine, and what clients are told instead where the two differ. */
export type ListenAddress = { readonly ip: string; readonly announcedAddress: string | null }

/** One worker for visits that may be watched and one for those that may not. */
const MIN_WORKERS = 2
const MAX_PORT = 65_535
/** An address that means "every interface" and so cannot be told to clients. */
const ANY_ADDRESSES = ['0.0.0.0', '::']

const MAX_ADDRESSES = 4
const List = z.string().transform((text) => text.split(',').map((part) => part.trim()))
const ListenIps = List.pipe(
  z
    .array(
      z.union(
        [z.ipv4(), z.ipv6()],
        'must be IP addresses of this machine, for example 127.0.0.1 or 192.0.2.1,2001:db8::1',
      ),
    )
    .max(MAX_ADDRESSES, `must be at most ${MAX_ADDRESSES} addresses`),
)

/** What was not even a list is another fault's. */
function hasAnyAddress(ips: unknown): boolean {
  return Array.isArray(ips) && ips.some((ip) => ANY_ADDRESSES.includes(String(ip)))
}

/** Checked even if other variables are at fault, so that all faults are told at once. */
const ALWAYS = { when: () => true }

const Environment = (cores: number) =>
  z
    .object({
      CONTROL_SECRET: Secret,
      GRANT_SECRET: Secret,
      MEDIA_CONTROL_PORT: Port.default(4100),
      RTC_PORT: Port.default(44_400),
      RTC_LISTEN_IP: ListenIps.prefault('127.0.0.1'),
      RTC_ANNOUNCED_ADDRESS: List.pipe(z.array(z.string().min(1).max(255))).optional(),
      MEDIA_WORKERS: z.coerce
        .number('must be a whole number')
        .int('must be a whole number')
        .min(MIN_WORKERS, `must be at least ${MIN_WORKERS}: one is kept for privileged visits`)
        .max(64, 'must be at most 64')
        .default(Math.max(MIN_WORKERS, cores)),
      MEDIASOUP_WORKER_BIN: z.string().optional(),
      LOG_LEVEL: LogLevel.default('info'),
    })
    .refine(({ RTC_LISTEN_IP: ips, RTC_ANNOUNCED_ADDRESS: told }) => told || !hasAnyAddress(ips), {
      ...ALWAYS,
      path: ['RTC_ANNOUNCED_ADDRESS'],
      error: 'is missing: with RTC_LISTEN_IP on every interface, set the address clients reach',
    })
    .refine(
      ({ RTC_LISTEN_IP: ips, RTC_ANNOUNCED_ADDRESS: told }) =>
        !told || !Array.isArray(ips) || told.length === ips.length,
      {
        ...ALWAYS,
        path: ['RTC_ANNOUNCED_ADDRESS'],
        error: 'must name one address for each of RTC_LISTEN_IP, in the same order',
      },
    )
    .refine(({ RTC_PORT, MEDIA_WORKERS }) => !(RTC_PORT + MEDIA_WORKERS - 1 > MAX_PORT), {
      ...ALWAYS,
      path: ['RTC_PORT'],
      error: 'is too high: each worker takes one more port; lower it or MEDIA_WORKERS',
    })

/** Reads the environment; throws ConfigFaults listing every fault. `cores` sets the default number of workers. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  cores: number = availableParallelism(),
): MediaNodeConfig {
  const given = parseConfig(Environment(cores), env)
  return {
    controlSecret: given.CONTROL_SECRET,
    grantSecret: given.GRANT_SECRET,
    controlPort: given.MEDIA_CONTROL_PORT,
    rtcPort: given.RTC_PORT,
    listen: listenOf(given.RTC_LISTEN_IP, given.RTC_ANNOUNCED_ADDRESS),
    openWorkers: given.MEDIA_WORKERS - 1,
    workerBin: given.MEDIASOUP_WORKER_BIN ?? null,
    logLevel: given.LOG_LEVEL,
  }
}

function listenOf(
  ips: readonly string[],
  told: readonly string[] | undefined,
): MediaNodeConfig['listen'] {
  const all = ips.map((ip, index) => ({ ip, announcedAddress: told?.[index] ?? null }))
  const [first = { ip: '127.0.0.1', announcedAddress: null }, ...others] = all
  return [first, ...others]
}
