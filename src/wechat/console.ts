// What the operator reads on the console while the account gets on line.
import qrcode from 'qrcode-terminal'

export type Language = 'zh' | 'en'

/** Where the QR code can be seen as a picture, for terminals that cannot show it; Wechaty's own page. */
export function qrLink(url: string): string {
  return `https://wechaty.js.org/qrcode/${encodeURIComponent(url)}`
}

const texts = {
  zh: {
    scan: (link: string) => `请用机器人的微信扫码登录（或在浏览器打开下面的链接）：\n${link}`,
    scanned: '已扫码，请在手机上点「登录」。',
    online: (name: string) => `已登录：${name}`,
    waiting: (why: string, wait: string) => `连不上微信（${why}），${wait}后再试。已保存的登录不受影响。`,
    refused: '微信拒绝了这个账号的网页登录。有些账号不能用网页版，可以换一个号，或在 WECHATY_PUPPET 里换一种协议。',
    ended: '微信登录已失效（可能在手机上退出了网页版）。机器人将退出，重新启动后请再扫一次码。',
    offline: '和微信的连接断了，正在重连。恢复之前不会发送任何消息。',
    seconds: (count: number) => `${count} 秒`,
    minutes: (count: number) => `${count} 分钟`,
  },
  en: {
    scan: (link: string) => `Scan with the bot's WeChat to log in (or open this link in a browser):\n${link}`,
    scanned: 'Scanned. Please tap "Log in" on the phone.',
    online: (name: string) => `Logged in: ${name}`,
    waiting: (why: string, wait: string) =>
      `Cannot reach WeChat (${why}), next try in ${wait}. The saved login is safe.`,
    refused:
      'WeChat refused the web login of this account. Some accounts cannot use it: try another one, or set another puppet in WECHATY_PUPPET.',
    ended:
      'The WeChat login is over (perhaps logged out on the phone). The bot ends now; start it again and scan once more.',
    offline: 'The connection to WeChat is lost, reconnecting. Nothing is sent until it is back.',
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
  },
}

/** Writes to the console, in one language. */
export class Console {
  readonly #texts: (typeof texts)[Language]
  readonly #tell: (text: string) => void

  constructor(language: Language, tell: (text: string) => void) {
    this.#texts = texts[language]
    this.#tell = tell
  }

  /** @param url what the QR code says */
  scan(url: string): void {
    qrcode.generate(url, { small: true }, (picture) => this.#tell(`${picture}\n${this.#texts.scan(qrLink(url))}`))
  }

  scanned(): void {
    this.#tell(this.#texts.scanned)
  }

  online(name: string): void {
    this.#tell(this.#texts.online(name))
  }

  /** @param ms until the next try */
  waiting(why: string, ms: number): void {
    const wait = ms < 60_000 ? this.#texts.seconds(Math.round(ms / 1000)) : this.#texts.minutes(Math.round(ms / 60_000))
    this.#tell(this.#texts.waiting(why, wait))
  }

  refused(): void {
    this.#tell(this.#texts.refused)
  }

  offline(ended: boolean): void {
    this.#tell(ended ? this.#texts.ended : this.#texts.offline)
  }
}
