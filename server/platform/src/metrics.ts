import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { Registry, collectDefaultMetrics } from 'prom-client'

export { Counter, Gauge, Histogram } from 'prom-client'
export type { Registry } from 'prom-client'

const OK = 200
const NOT_FOUND = 404

/** Figures of one process, in Prometheus' text form; no label names a person, a visit or anything that has no end. */
export function createMetrics(): Registry {
  return new Registry()
}

/** Adds what every process has: processor, memory, event loop. Once for each process. */
export function addProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, prefix: 'visavis_' })
}

/** Answers with all figures; ends the answer if one cannot be had. */
export function sendMetrics(registry: Registry, response: ServerResponse): void {
  registry.metrics().then(
    (text) => response.writeHead(OK, { 'content-type': registry.contentType }).end(text),
    () => response.destroy(),
  )
}

/** Where figures can be read. */
export type MetricsServer = { readonly port: number; readonly close: () => Promise<void> }

/** Serves `GET /metrics` on a port of its own, never on the public one. Rejects when the port is taken. */
export async function serveMetrics(
  registry: Registry,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const http = createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url === '/metrics'
    if (isAsked) sendMetrics(registry, response)
    else response.writeHead(NOT_FOUND).end()
  })
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, resolve)
  })
  const address = http.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise((resolve) => void http.close(() => resolve())),
  }
}
