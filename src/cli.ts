#!/usr/bin/env node
// quanzi start | playground | check | init | doctor | backup | restore: the command line. Each command loads only what it needs.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError } from 'commander'

const shippedConfig = fileURLToPath(new URL('../config', import.meta.url))

// What the environment already says wins over the file.
if (existsSync('.env')) process.loadEnvFile()

const program = new Command('quanzi').description(
  '圈子：微信社群助手机器人 · a bot that keeps WeChat communities in order and alive',
)

function readPort(typed: string): number {
  const port = Number(typed)
  if (!/^\d+$/.test(typed) || port > 65_535) throw new InvalidArgumentError('0–65535')
  return port
}

function folders(command: Command): Command {
  return command
    .option('--config <folder>', '配置文件夹 config folder', process.env.QUANZI_CONFIG ?? 'config')
    .option('--data <folder>', '数据文件夹 data folder', process.env.QUANZI_DATA ?? 'data')
}

folders(program.command('start').description('启动机器人 start the bot')).action(
  async (options: { config: string; data: string }) => {
    const { start } = await import('./start.ts')
    await start(resolve(options.config), resolve(options.data))
  },
)

program
  .command('check')
  .description('检查配置文件 check the settings')
  .option('--config <folder>', '配置文件夹 config folder', process.env.QUANZI_CONFIG ?? 'config')
  .action(async (options: { config: string }) => {
    const [{ checkConfig }, { features }] = await Promise.all([
      import('./config/check.ts'),
      import('./features/index.ts'),
    ])
    const { text, ok } = checkConfig(resolve(options.config), features)
    console.log(text)
    if (!ok) process.exitCode = 1
  })

folders(program.command('doctor'))
  .description('体检：哪里不对、怎么办 look for what is wrong, and what to do')
  .action(async (options: { config: string; data: string }) => {
    const { examine } = await import('./upkeep/doctor.ts')
    const places = { config: resolve(options.config), data: resolve(options.data), env: resolve('.env') }
    const findings = await examine({ ...places, puppet: process.env.WECHATY_PUPPET })
    const marks = { good: '✅', look: '⚠️', bad: '❌' }
    for (const { about, level, text } of findings) console.log(`${marks[level]} ${about}: ${text}`)
    if (findings.some(({ level }) => level === 'bad')) process.exitCode = 1
  })

folders(program.command('backup'))
  .description('备份数据、配置和 .env，可以在运行时做 back up data, settings and .env, also of a running bot')
  .option('--to <folder>', '放在哪里 where to put it', 'backups')
  .action(async (options: { config: string; data: string; to: string }) => {
    const { backup } = await import('./upkeep/backup.ts')
    const places = { config: resolve(options.config), data: resolve(options.data), env: resolve('.env') }
    await upkeep(async () => {
      const { folder, files } = await backup(places, resolve(options.to), Date.now())
      return `已备份并验证 ${files} 个文件，里面有登录和密钥，请放好 backed up and verified; it holds the login and keys: ${folder}`
    })
  })

folders(program.command('restore'))
  .description('恢复一份备份，原来的会留着 put a backup back; what was there is kept')
  .argument('<backup>', '备份的文件夹 the folder of the backup')
  .action(async (folder: string, options: { config: string; data: string }) => {
    const { restore } = await import('./upkeep/backup.ts')
    const places = { config: resolve(options.config), data: resolve(options.data), env: resolve('.env') }
    await upkeep(async () => {
      const { manifest, before } = await restore(resolve(folder), places, Date.now())
      return `已恢复 ${manifest.at} 的备份，原来的在 restored; what was there is in ${before}`
    })
  })

/** Does what was asked for, and tells what an operator has to mend. */
async function upkeep(act: () => Promise<string>): Promise<void> {
  const [{ UpkeepRefused }, { StoreRefused }] = await Promise.all([
    import('./upkeep/backup.ts'),
    import('./store/store.ts'),
  ])
  try {
    console.log(await act())
  } catch (error) {
    if (!(error instanceof UpkeepRefused || error instanceof StoreRefused)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

program
  .command('init')
  .description('补上缺少的样本配置 add the sample settings that are missing')
  .option('--config <folder>', '配置文件夹 config folder', process.env.QUANZI_CONFIG ?? 'config')
  .action((options: { config: string }) => {
    const folder = resolve(options.config)
    mkdirSync(folder, { recursive: true })
    const added = readdirSync(shippedConfig).filter((name) => !existsSync(join(folder, name)))
    for (const name of added) cpSync(join(shippedConfig, name), join(folder, name), { recursive: true })
    console.log(added.length === 0 ? '什么都不缺。Nothing is missing.' : `已补上 added: ${added.join(' ')}`)
  })

program
  .command('playground')
  .description(
    '不用微信账号，在本机试用：网页和终端 try the bot here without an account, on a page and in the terminal',
  )
  .option('--config <folder>', '配置文件夹 config folder', process.env.QUANZI_CONFIG ?? 'config')
  .option('--data <folder>', '数据留在这个文件夹 keep the data in this folder')
  .option('--script <file>', '演一段写好的对话后退出 play a script of lines and exit')
  .option('--port <number>', '网页的端口 port of the page', readPort)
  .action(async ({ config, data, ...more }: { config: string; data?: string; script?: string; port?: number }) => {
    const { playground } = await import('./playground/playground.ts')
    process.exitCode = await playground(resolve(config), {
      ...(data === undefined ? {} : { data: resolve(data) }),
      ...more,
    })
  })

await program.parseAsync()
