// Reads QR codes in pictures, one at a time, apart from the main thread, with limits on size, time and how many may wait.
import { imageSize } from 'image-size'
import { Worker } from 'node:worker_threads'

/**
 * Bytes of a picture, and its pixels: a photo of a phone has twelve million, and more is not looked at. The smallest code has 21 squares a
 * side, so a smaller picture holds none.
 */
const limits = { bytes: 5_000_000, pixels: 13_000_000, side: 40 }
/** Milliseconds for one picture, starting the thread included. */
const patience = 15_000
/** So many may wait; in a flood of pictures the rest is not looked at. */
const mostWaiting = 10

/**
 * What the thread does, as text: a thread cannot be started from TypeScript sources, and needs nothing but the library that Wechaty brings
 * along. `toQRCode` throws for a picture without a code as for one that cannot be read.
 */
const script = `
  const { parentPort, workerData } = require('node:worker_threads')
  const library = import(workerData)
  parentPort.on('message', (bytes) => {
    library
      .then(({ FileBox }) => FileBox.fromBuffer(Buffer.from(bytes), 'picture').toQRCode())
      .then((text) => parentPort.postMessage(text), () => parentPort.postMessage(null))
  })
`
const library = import.meta.resolve('file-box')

export class QrReader {
  #worker: Worker | undefined
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  /**
   * What the QR code in a picture says; null when there is none, when the picture is too large or takes too long, or when too many wait.
   * Never rejects.
   * @param fetch brings the picture when its turn has come; undefined when it cannot be had
   */
  read(fetch: () => Promise<Uint8Array | undefined>): Promise<string | null> {
    if (this.#waiting >= mostWaiting) return Promise.resolve(null)
    this.#waiting++
    const turn = this.#last.then(async () => {
      const bytes = await fetch().catch(() => undefined)
      return bytes === undefined || !isReadable(bytes) ? null : this.#decode(bytes)
    })
    this.#last = turn.finally(() => this.#waiting--)
    return turn
  }

  /** Ends the thread. */
  async stop(): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  #decode(bytes: Uint8Array): Promise<string | null> {
    const worker = (this.#worker ??= new Worker(script, {
      eval: true,
      workerData: library,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    }))
    // A thread that only waits must not keep the process alive.
    worker.unref()
    return new Promise((resolve) => {
      const end = (text: string | null) => {
        clearTimeout(timer)
        worker.off('message', end).off('error', giveUp).off('exit', giveUp)
        resolve(text)
      }
      const giveUp = () => {
        end(null)
        this.#worker = undefined
        // A thread that is ended may still say why; nobody asks any more.
        worker.on('error', () => undefined)
        void worker.terminate()
      }
      const timer = setTimeout(giveUp, patience)
      worker.once('message', end)
      worker.once('error', giveUp)
      worker.once('exit', giveUp)
      worker.postMessage(bytes)
    })
  }
}

/** Pictures can claim any size in a few bytes; unpacking those would take all memory. */
function isReadable(bytes: Uint8Array): boolean {
  if (bytes.length > limits.bytes) return false
  try {
    const { width, height } = imageSize(bytes)
    return Math.min(width, height) >= limits.side && width * height <= limits.pixels
  } catch {
    return false
  }
}
