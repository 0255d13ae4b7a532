import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addProcessMetrics, createMetrics } from '@visavis/platform/metrics'
import { measureMedia } from '../../../server/media-node/src/media-figures.ts'
import { createSocketFigures } from '../../../server/src/platform/http-metrics.ts'
import { measureRecorder } from '../../../recordings/src/recorder-figures.ts'
import { aRestWorld } from './support/rest-world.ts'
import type { RestWorld } from './support/rest-world.ts'

const FOLDER = join(import.meta.dirname, '../../../monitoring')
const OF_HISTOGRAMS = /_(bucket|count|sum)$/

let world: RestWorld
let registered: ReadonlySet<string>

beforeAll(async () => {
  world = await aRestWorld()
  const others = createMetrics()
  addProcessMetrics(others)
  createSocketFigures(others, () => new Map())
  const end = measureMedia(others, { bootId: 'none', rooms: () => [] })
  measureRecorder(others, { dataDir: '/', book: { list: () => [] } })
  registered = new Set(
    [world.app.metrics, others].flatMap((each) => each.getMetricsAsArray().map(({ name }) => name)),
  )
  end()
})
afterAll(() => world.close())

type Dashboard = { panels: { title: string; targets: { expr: string }[] }[] }

/** Names of our metrics in an expression. */
const namesIn = (text: string) => text.match(/visavis_\w+/g) ?? []
const isRegistered = (name: string) =>
  registered.has(name) || registered.has(name.replace(OF_HISTOGRAMS, ''))

describe('what the monitoring shows', () => {
  it('on the dashboard is a figure of ours, panel by panel', () => {
    const dashboard = JSON.parse(
      readFileSync(join(FOLDER, 'grafana/visavis.json'), 'utf8'),
    ) as Dashboard
    expect(dashboard.panels.length).toBeGreaterThan(15)
    for (const { title, targets } of dashboard.panels) {
      for (const { expr } of targets) {
        const names = namesIn(expr)
        expect(names, title).not.toEqual([])
        for (const name of names) expect(isRegistered(name), `${title}: ${name}`).toBe(true)
      }
    }
  })

  it('in alerts is a figure of ours', () => {
    const names = namesIn(readFileSync(join(FOLDER, 'alerts.yml'), 'utf8'))
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) expect(isRegistered(name), name).toBe(true)
  })

  it('leaves out no figure of ours on the dashboard', () => {
    const text = readFileSync(join(FOLDER, 'grafana/visavis.json'), 'utf8')
    const own = [...registered].filter((name) => !/_(nodejs|process)_/.test(name))
    const shown = new Set(namesIn(text).map((name) => name.replace(OF_HISTOGRAMS, '')))
    expect(own.filter((name) => !shown.has(name))).toEqual([])
  })
})
