// The local WeChat: a proxy on 127.0.0.1 behind which every WeChat host is one TLS server that answers from a world.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeCertificate, weChatHosts } from './certificate.ts'
import { type Answer, Endpoints, refusal } from './endpoints.ts'
import type { Endpoint, Fault } from './faults.ts'
import { World } from './world.ts'

/** A running local WeChat. */
export interface Standin {
  world: World
  /** Port of the proxy on 127.0.0.1. */
  port: number
  /** What a bot's process must have in its environment at start to talk to this WeChat and to nobody else. */
  env: Record<string, string>
  /** Hosts that the bot asked the proxy for and that are not WeChat's: they were refused. */
  strangers: string[]
  /** Cuts every connection and takes no new one until the returned function is called. */
  outage(): () => void
  close(): Promise<void>
}

const portalPage = '<!DOCTYPE html><html><head><title>Wi-Fi</title></head><body>请先登录本店 Wi-Fi</body></html>'
const html = (status: number, body: string): Answer => ({ status, type: 'text/html; charset=utf-8', body })

/**
 * Starts the local WeChat. The keys are made here and forgotten at the end; only the authority's certificate touches the disk.
 *
 * ```ts
 * const weChat = await startStandin()
 * weChat.world.group('福利群1', { owner: '店长', members: ['小明'] })
 * const bot = runNode('src/cli.ts', { env: weChat.env, args: ['start'] })
 * await weChat.world.online()
 * weChat.world.says('小明', '福利群1', 'ding')
 * await weChat.world.sent('dong')
 * ```
 */
export async function startStandin({ world = new World() }: { world?: World } = {}): Promise<Standin> {
  const { authority, certificate, key } = await makeCertificate()
  const folder = await mkdtemp(path.join(tmpdir(), 'quanzi-standin-'))
  const authorityFile = path.join(folder, 'authority.pem')
  await writeFile(authorityFile, authority)

  const endpoints = new Endpoints(world)
  const weChat = createTlsServer({ key, cert: certificate }, (request, response) => {
    void serve(world, endpoints, request, response)
  })
  // A client may go away in the middle, such as a bot that a test kills.
  weChat.on('tlsClientError', () => undefined)
  const { port, strangers, outage, close } = await openProxy(weChat)
  const proxyUrl = `http://127.0.0.1:${port}`
  return {
    world,
    port,
    // Both spellings, because the lower one wins in axios and the machine may have its own.
    env: {
      HTTPS_PROXY: proxyUrl,
      https_proxy: proxyUrl,
      NO_PROXY: '',
      no_proxy: '',
      NODE_EXTRA_CA_CERTS: authorityFile,
    },
    strangers,
    outage,
    async close() {
      world.close()
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A proxy behind which every host of WeChat's is that one server. */
async function openProxy(weChat: Server): Promise<Pick<Standin, 'port' | 'strangers' | 'outage' | 'close'>> {
  const sockets = new Set<Socket>()
  const strangers: string[] = []
  let reachable = true
  const proxy = createServer((_request, response) => {
    response.writeHead(405).end()
  })
  proxy.on('connection', (socket: Socket) => {
    if (!reachable) return socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  proxy.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const [host = '', port] = (request.url ?? '').split(':')
    if (port !== '443' || !weChatHosts.includes(host)) {
      strangers.push(host)
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    weChat.emit('connection', socket)
  })
  await new Promise<void>((resolve, reject) => {
    proxy.once('error', reject)
    proxy.listen(0, '127.0.0.1', resolve)
  })
  const outage = () => {
    reachable = false
    for (const socket of sockets) socket.destroy()
    return () => {
      reachable = true
    }
  }
  return {
    port: (proxy.address() as AddressInfo).port,
    strangers,
    outage,
    async close() {
      outage()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

async function serve(
  world: World,
  endpoints: Endpoints,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://wx.qq.com')
  const endpoint = url.pathname.split('/').at(-1) ?? ''
  const chunks: Buffer[] = []
  const gone = new AbortController()
  response.on('close', () => {
    if (response.writableFinished) return
    gone.abort()
    world.outgoing.look()
  })
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  } catch {
    return // The client went away while it was still sending.
  }
  world.requests[endpoint as Endpoint] = (world.requests[endpoint as Endpoint] ?? 0) + 1
  const drop = () => request.socket.destroy()
  const fault = world.faults.next(endpoint)
  if (fault === 'hang') world.faults.hang(drop)
  else if (fault === 'drop') drop()
  else if (fault !== undefined && fault !== 'lost') write(response, faulty(endpoint, fault))
  else {
    const answer = await endpoints.answer(endpoint, {
      query: url.searchParams,
      contentType: request.headers['content-type'] ?? '',
      body: Buffer.concat(chunks),
      gone: gone.signal,
    })
    if (fault === 'lost') drop()
    else write(response, answer ?? html(404, `no endpoint ${endpoint}`))
  }
  world.outgoing.look()
}

function faulty(endpoint: string, fault: Exclude<Fault, 'hang' | 'drop' | 'lost'>): Answer {
  if (fault === 'portal') return html(200, portalPage)
  if (typeof fault === 'number') return html(fault, `<html><body>${fault}</body></html>`)
  return refusal(endpoint, fault.ret)
}

function write(response: ServerResponse, { status = 200, type, headers = {}, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
