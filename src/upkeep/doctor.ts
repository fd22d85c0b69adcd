// `quanzi doctor`: looks at everything that a start needs, and says for each what to do. Changes nothing.
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import path from 'node:path'
import tls from 'node:tls'
import { checkConfig } from '../config/check.ts'
import { features } from '../features/index.ts'
import { holderOf } from '../store/lock.ts'
import { StoreRefused } from '../store/store.ts'
import { prove, type Places } from './backup.ts'

/** What was found; `bad` keeps the bot from running well. */
export interface Finding {
  about: string
  level: 'good' | 'look' | 'bad'
  /** What is so, and for `look` and `bad` what to do. Chinese, then English. */
  text: string
}

export interface DoctorOptions extends Places {
  puppet: string | undefined
  /** By how many milliseconds WeChat's clock is ahead of this machine's. Rejects when it cannot be reached. */
  ask?: () => Promise<number>
}

const host = 'wx.qq.com'
const limit = 15_000
const wellApart = 60_000
const roomNeeded = 200e6
const roomLeast = 20e6
const sessionFile = 'quanzi.memory-card.json'

export async function examine({ ask = clockAhead, ...options }: DoctorOptions): Promise<Finding[]> {
  return [
    node(),
    puppet(options.puppet),
    ...(await network(ask)),
    ...folders(options),
    config(options.config),
    await store(options.data),
    session(options.data),
  ]
}

const found = (about: string, level: Finding['level'], zh: string, en: string): Finding => ({
  about,
  level,
  text: `${zh}\n   ${en}`,
})

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isNew = major > 20 || (major === 20 && minor >= 15)
  if (isNew) return found('Node', 'good', `Node ${process.version}`, `Node ${process.version}`)
  return found(
    'Node',
    'bad',
    `Node ${process.version} 太旧，请装 20.15 以上的版本。`,
    `Node ${process.version} is too old: install 20.15 or newer.`,
  )
}

function puppet(name: string | undefined): Finding {
  const wanted = name === undefined || name === '' ? 'wechaty-puppet-wechat4u' : name
  try {
    import.meta.resolve(wanted)
    return found('puppet', 'good', `${wanted} 已装好`, `${wanted} is installed`)
  } catch {
    return found(
      'puppet',
      'bad',
      `${wanted} 没有装：npm install ${wanted}`,
      `${wanted} is not installed: npm install ${wanted}`,
    )
  }
}

async function network(ask: () => Promise<number>): Promise<Finding[]> {
  try {
    const ahead = await ask()
    const minutes = Math.round(Math.abs(ahead) / 60_000)
    const reached = found('network', 'good', `连得上微信（${host}）`, `WeChat (${host}) can be reached`)
    if (Math.abs(ahead) < wellApart)
      return [reached, found('clock', 'good', '机器时间和微信一致', 'the clock agrees with WeChat’s')]
    const [zh, en] = ahead < 0 ? ['快', 'ahead of'] : ['慢', 'behind']
    const cure = 'timedatectl set-ntp true'
    return [
      reached,
      found(
        'clock',
        'bad',
        `机器时间比微信${zh} ${minutes} 分钟，请校准（Linux：${cure}）`,
        `the clock is ${minutes} minutes ${en} WeChat’s: set it (Linux: ${cure})`,
      ),
    ]
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    return [
      found(
        'network',
        'bad',
        `连不上微信 ${host}（${why}）。请检查网络、DNS、代理（HTTPS_PROXY）和防火墙。`,
        `WeChat ${host} cannot be reached (${why}). See to network, DNS, proxy (HTTPS_PROXY) and firewall.`,
      ),
    ]
  }
}

/** The way of the bot's own requests: through the proxy of the environment, if there is one. */
function clockAhead(): Promise<number> {
  const proxy = process.env.HTTPS_PROXY ?? process.env.https_proxy ?? ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), limit)
    const end = (act: () => void) => {
      clearTimeout(timer)
      act()
    }
    const ask = (socket?: Socket) => {
      const over = socket ? { createConnection: () => tls.connect({ socket, servername: host }) } : {}
      const request = https.request({ host, path: '/', method: 'GET', agent: false, ...over }, (response) => {
        response.resume()
        request.destroy()
        const date = Date.parse(response.headers.date ?? '')
        end(() => (Number.isNaN(date) ? reject(new Error('no date')) : resolve(date + 500 - Date.now())))
      })
      request.on('error', (error) => end(() => reject(error)))
      request.end()
    }
    if (proxy === '') return ask()
    const { hostname, port } = new URL(proxy)
    const connect = http.request({ host: hostname, port, method: 'CONNECT', path: `${host}:443` })
    connect.on('connect', (_response, socket) => ask(socket))
    connect.on('error', (error) => end(() => reject(error)))
    connect.end()
  })
}

function folders({ data, config, env }: Places): Finding[] {
  const findings: Finding[] = []
  const nearest = existing(data)
  try {
    fs.accessSync(nearest, fs.constants.R_OK | fs.constants.W_OK)
    const isOpen = nearest === data && process.platform !== 'win32' && (fs.statSync(data).mode & 0o077) !== 0
    findings.push(
      isOpen
        ? found(
            'data',
            'look',
            `${data} 别的用户也能看，里面有登录信息：chmod 700 ${data}`,
            `${data} is open to other users and holds the login: chmod 700 ${data}`,
          )
        : found('data', 'good', `${data} 可以读写`, `${data} can be read and written`),
    )
    const { bavail, bsize } = fs.statfsSync(nearest)
    const free = bavail * bsize
    const shown = `${Math.round(free / 1e6)} MB`
    const level = free < roomLeast ? 'bad' : free < roomNeeded ? 'look' : 'good'
    const [zh, en] = level === 'good' ? ['', ''] : ['，请清出空间', ': please make room']
    findings.push(found('disk', level, `磁盘还剩 ${shown}${zh}`, `${shown} free on the disk${en}`))
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? ''
    findings.push(
      found(
        'data',
        'bad',
        `${data} 读写不了（${why}）：请检查权限和磁盘`,
        `${data} cannot be read and written (${why}): see to rights and disk`,
      ),
    )
  }
  if (fs.existsSync(env) && process.platform !== 'win32' && (fs.statSync(env).mode & 0o077) !== 0)
    findings.push(
      found(
        '.env',
        'look',
        `${env} 别的用户也能看，里面有密钥：chmod 600 ${env}`,
        `${env} is open to other users and holds keys: chmod 600 ${env}`,
      ),
    )
  if (!fs.existsSync(config))
    findings.push(
      found(
        'config',
        'bad',
        `${config} 不在：npm run quanzi -- init --config ${config}`,
        `${config} is not there: npm run quanzi -- init --config ${config}`,
      ),
    )
  return findings
}

/** The folder itself, or the nearest above it that is there. */
function existing(folder: string): string {
  return fs.existsSync(folder) ? folder : existing(path.dirname(folder))
}

function config(folder: string): Finding {
  const { text, ok } = checkConfig(folder, features)
  return { about: 'config', level: ok ? 'good' : 'bad', text }
}

async function store(data: string): Promise<Finding> {
  if (!fs.existsSync(path.join(data, 'main.head')))
    return found('store', 'good', '还没有数据，第一次启动时会建', 'no data yet; the first start makes them')
  const holder = holderOf(path.join(data, 'main.lock'))
  const [zh, en] =
    holder === undefined ? ['', ''] : [`；机器人正在运行，进程 ${holder}`, `; a bot is running, process ${holder}`]
  try {
    await prove(data)
    return found('store', 'good', `数据完好${zh}`, `the data are whole${en}`)
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error
    return { about: 'store', level: 'bad', text: error.message }
  }
}

function session(data: string): Finding {
  const file = path.join(data, sessionFile)
  if (!fs.existsSync(file))
    return found('session', 'look', '没有保存的登录，启动后要扫码', 'no saved login: the start asks for a scan')
  const hours = Math.round((Date.now() - fs.statSync(file).mtimeMs) / 3_600_000)
  if (hours < 24)
    return found(
      'session',
      'good',
      `有保存的登录，${hours} 小时前还在用`,
      `a login is saved, last used ${hours} hours ago`,
    )
  return found(
    'session',
    'look',
    `保存的登录 ${hours} 小时没用过，可能要重新扫码`,
    `the saved login was not used for ${hours} hours: a new scan may be needed`,
  )
}
