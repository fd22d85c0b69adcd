// The QR code and the phone that scans it.

type State = 'waiting' | 'scanned' | 'confirmed' | 'expired'

/** How long `login` holds a request of a client when nothing happens, as the real service does. Milliseconds. */
const holdMs = 25_000

/**
 * The code that the bot shows now. With `auto` a phone scans and confirms it at once; with `manual` the test plays the
 * phone: scan(), confirm(), timeOut().
 */
export class QrCode {
  mode: 'auto' | 'manual'
  /** How many codes were asked for so far: more than one means that somebody had to scan again. */
  shown = 0
  uuid = ''
  state: State = 'expired'
  #told: State = 'waiting'
  #held = new Set<() => void>()
  readonly #changed: () => void

  constructor(mode: 'auto' | 'manual', changed: () => void) {
    this.mode = mode
    this.#changed = changed
  }

  /** A new code; the one before it is worth nothing any more. */
  show(uuid: string): void {
    this.shown++
    this.uuid = uuid
    this.#told = 'waiting'
    this.#become('waiting')
  }

  /** The owner points his phone at the code but has not agreed yet. */
  scan(): void {
    this.#from(['waiting'], 'scanned')
  }

  /** The owner agrees; scans first when he has not. */
  confirm(): void {
    this.#from(['waiting', 'scanned'], 'confirmed')
  }

  /** Nobody came: the code is refused from now on. */
  timeOut(): void {
    this.#from(['waiting', 'scanned'], 'expired')
  }

  #from(allowed: State[], next: State): void {
    if (!allowed.includes(this.state)) throw new Error(`the QR code is ${this.state}, it cannot become ${next}`)
    this.#become(next)
  }

  #become(state: State): void {
    this.state = state
    for (const release of [...this.#held]) release()
    this.#changed()
  }

  /** Answers a client that asks what became of its code: at once when there is news, else after a while with 408. */
  async ask(uuid: string, redirect: () => string): Promise<string> {
    if (this.mode === 'auto' && uuid === this.uuid) {
      if (this.state === 'waiting') this.scan()
      else if (this.state === 'scanned') this.confirm()
    }
    if (uuid === this.uuid && this.state === this.#told) await this.#hold()
    if (uuid !== this.uuid || this.state === 'expired') return 'window.code=400;'
    if (this.state === this.#told) return 'window.code=408;'
    this.#told = this.state
    if (this.state === 'scanned')
      return "window.code=201;window.userAvatar = 'data:img/jpg;base64,R0lGODlhAQABAAAAACw=';"
    return `window.code=200;\nwindow.redirect_uri="${redirect()}";`
  }

  #hold(): Promise<void> {
    return new Promise((resolve) => {
      const release = () => {
        clearTimeout(timer)
        this.#held.delete(release)
        resolve()
      }
      const timer = setTimeout(release, holdMs)
      this.#held.add(release)
    })
  }

  /** Ends every waiting request, so that no timer outlives the server. */
  close(): void {
    for (const release of [...this.#held]) release()
  }
}
