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
/** Most pictures that may wait; in a flood the rest are not read. */
const mostWaiting = 10

/** Codes that are read in one picture at most. */
const mostCodes = 4
/** Longest side (pixels) of the copy in which the halves are searched: of two codes side by side, the whole may show neither. */
const copySide = 1600

/**
 * What the thread does, as text: a thread cannot be started from TypeScript sources. Each code that is found is painted over, so that the
 * next one shows. Then the halves are searched. A picture that cannot be read holds no codes.
 */
const script = `
  const { parentPort, workerData } = require('node:worker_threads')
  const libraries = Promise.all([import(workerData.jimp), import(workerData.jsqr)])
  const search = ({ data, width, height }, find, found) => {
    const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length)
    for (let n = 0; n < workerData.mostCodes && found.size < workerData.mostCodes; n++) {
      const code = find(pixels, width, height)
      if (code === null) return
      if (code.data !== '') found.add(code.data)
      const corners = Object.entries(code.location).filter(([name]) => name.endsWith('Corner')).map(([, corner]) => corner)
      const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
      const [left, right] = [Math.max(0, Math.floor(Math.min(...xs))), Math.min(width, Math.ceil(Math.max(...xs)))]
      const [top, bottom] = [Math.max(0, Math.floor(Math.min(...ys))), Math.min(height, Math.ceil(Math.max(...ys)))]
      for (let y = top; y < bottom; y++) pixels.fill(255, 4 * (y * width + left), 4 * (y * width + right))
    }
  }
  const read = async (bytes) => {
    const [{ default: Jimp }, jsqr] = await libraries
    const find = typeof jsqr.default === 'function' ? jsqr.default : jsqr.default.default
    const found = new Set()
    const picture = await Jimp.read(Buffer.from(bytes))
    search(picture.bitmap, find, found)
    if (Math.max(picture.bitmap.width, picture.bitmap.height) > workerData.copySide)
      picture.scaleToFit(workerData.copySide, workerData.copySide)
    const { width, height } = picture.bitmap
    const [half, middle] = [Math.ceil(width / 2), Math.ceil(height / 2)]
    for (const part of [[0, 0, half, height], [width - half, 0, half, height], [0, 0, width, middle], [0, height - middle, width, middle]])
      search(picture.clone().crop(...part).bitmap, find, found)
    return [...found].slice(0, workerData.mostCodes)
  }
  parentPort.on('message', (bytes) => {
    read(bytes).then((texts) => parentPort.postMessage(texts), () => parentPort.postMessage([]))
  })
`
const libraries = { jimp: import.meta.resolve('jimp'), jsqr: import.meta.resolve('jsqr') }

export class QrReader {
  #worker: Worker | undefined
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  /**
   * What the QR codes in a picture say; none when the picture is too large or takes too long, or when too many wait.
   * Never rejects.
   * @param fetch brings the picture when its turn has come; undefined when it cannot be had
   */
  read(fetch: () => Promise<Uint8Array | undefined>): Promise<readonly string[]> {
    if (this.#waiting >= mostWaiting) return Promise.resolve([])
    this.#waiting++
    const turn = this.#last.then(async (): Promise<readonly string[]> => {
      const bytes = await fetch().catch(() => undefined)
      return bytes === undefined || !isReadable(bytes) ? [] : this.#decode(bytes)
    })
    this.#last = turn.finally(() => this.#waiting--)
    return turn
  }

  /** Ends the thread. */
  async stop(): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  #decode(bytes: Uint8Array): Promise<readonly string[]> {
    const worker = (this.#worker ??= new Worker(script, {
      eval: true,
      workerData: { ...libraries, mostCodes, copySide },
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    }))
    // A thread that only waits must not keep the process alive.
    worker.unref()
    return new Promise((resolve) => {
      const end = (texts: readonly string[]) => {
        clearTimeout(timer)
        worker.off('message', end).off('error', giveUp).off('exit', giveUp)
        resolve(texts)
      }
      const giveUp = () => {
        end([])
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
