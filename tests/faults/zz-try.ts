import { openFaultScene, bringAlive } from './fault-scene.ts'
import { runFault } from './fault-run.ts'
import { shortened } from './faults.ts'
import { looksSince } from '../support/media-watch.ts'
const scene = await openFaultScene()
console.log('open')
try {
  await bringAlive(scene)
  console.log('alive')
  await new Promise(r => setTimeout(r, 4000))
  console.log(JSON.stringify((await looksSince(scene.cast.visitor, 0)).slice(-10)))
  console.log(JSON.stringify((await looksSince(scene.cast.terminal, 0)).slice(-5)))
  for (const name of process.argv.slice(2)) {
    const [n, ms] = name.split(':')
    console.log(n, JSON.stringify(await runFault(shortened(n!, Number(ms ?? 5000)), scene)))
  }
} catch (e) { console.log(e); console.log(scene.stack.output().slice(-3000)) }
finally { await scene.close() }
