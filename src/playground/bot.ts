// The bot of the playground: what `quanzi start` runs, with a clock that moves forward to each time that is written to it.
import { createInterface } from 'node:readline'
import { start } from '../start.ts'
import { clockMark, MovableClock } from './clock.ts'

const [configFolder = '', dataFolder = ''] = process.argv.slice(2)
const clock = new MovableClock()
createInterface({ input: process.stdin }).on('line', (line) => {
  void clock.forward(Number(line), (now) => console.log(`${clockMark}${now}`))
})
await start(configFolder, dataFolder, clock)
