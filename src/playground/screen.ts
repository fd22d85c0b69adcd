// The terminal of the playground: what happens appears above the line that is being typed.
import { clearScreenDown, createInterface, cursorTo, type Interface } from 'node:readline'
import { styleText } from 'node:util'

const isColoured = process.stdout.isTTY && process.stdout.hasColors()
const paint = (style: Parameters<typeof styleText>[0], text: string) => (isColoured ? styleText(style, text) : text)

/** Everything that is shown; and, where somebody sits at a terminal, the line that he types. */
export class Screen {
  #typing: Interface | undefined

  /** Shows one thing; the bot's own in colour. */
  show({ head, text }: { head: string; text: string }, byBot = false): void {
    if (this.#typing) {
      cursorTo(process.stdout, 0)
      clearScreenDown(process.stdout)
    }
    if (head === '') console.log(paint('dim', text))
    else
      console.log(`${paint(byBot ? ['bold', 'green'] : 'bold', `${head}:`)} ${text.replaceAll(/\n(?=.)/g, '\n    ')}`)
    this.#typing?.prompt(true)
  }

  /**
   * What comes in on standard input, until its end, Ctrl-C or an abort.
   * @param where what the prompt says
   */
  async *lines(where: () => string, signal: AbortSignal): AsyncGenerator<string> {
    const isTyped = process.stdin.isTTY && process.stdout.isTTY
    const input = createInterface({
      input: process.stdin,
      ...(isTyped ? { output: process.stdout } : {}),
      terminal: isTyped,
      signal,
    })
    const ask = () => {
      input.setPrompt(paint('cyan', `[${where()}] `))
      input.prompt()
    }
    if (isTyped) {
      this.#typing = input
      ask()
    }
    for await (const line of input) {
      yield line
      if (isTyped) ask()
    }
    this.#typing = undefined
    // What was being typed stays on its line.
    if (isTyped) console.log()
  }
}
