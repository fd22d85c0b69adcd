// What the running bot says besides its features: to members when nothing can be saved, and on the console.
export const botTexts = {
  zh: {
    notSaved: '我这边暂时记不了账，刚才的没有算上，过几分钟再发一次就好。',
    control: '管理群',
    inviteWaits:
      '「{{group}}」：{{name}} 想邀请 {{count}} 位朋友进群，要群主在手机上点「去确认」。这一步机器人做不了。',
    owner: '「{{group}}」换群主了，现在是 {{name}}。移出成员只有群主能做，请确认机器人还能管理这个群。',
    ownerSelf: '「{{group}}」的群主现在是机器人，移出广告号可以直接生效了。',
    notSavedAdmin: '这条没有执行：{{cause}}，从 {{since}} 起什么都没记下。处理好磁盘，我十几秒内自己恢复，不用重启。',
    diskTrouble:
      '⚠️ 数据存不下来：{{cause}}（{{since}} 起）。机器人还在，但不记账、不执行命令，也不回答。处理好磁盘，十几秒内自己恢复，不用重启。',
    diskWell: '✅ 数据又能存了。{{from}} 到 {{until}} 之间没有记账，有 {{count}} 条消息没算上。',
    diskWaits: '数据文件夹还不能用，每 10 秒再试一次，好了就接着启动：\n{{why}}',
    lost: '数据文件夹 {{data}} 已经不归这个进程了：{{why}}。这个进程现在退出，什么都不再写。',
    lostLock: '锁文件没有了或换了主人，另一个 quanzi 在用这份数据和这个微信号',
    lostJournal: '日志文件被删掉或截短了',
    started: 'quanzi 启动，数据在 {{data}}，配置在 {{config}}。',
    claim:
      '还没有管理群。请建一个只有管理员的群，把机器人拉进去，在群里发：\n\n    /claim {{code}}\n\n这个码只能用一次，也写在 {{file}} 里。',
    groups: '找到 {{found}} 个群：{{names}}',
    missing: '没找到：{{names}}（在群里说句话，或在手机上把群保存到通讯录；名字要和 config/groups.yaml 里的一样）',
    ambiguous: '有同名的群，先不管理：{{names}}（请改掉其中一个的群名）',
    reloaded: '配置已更新。{{changes}}{{warnings}}',
    lossAsked:
      '⚠️ 配置里的内容少了很多，先没有换上，机器人继续用 {{since}} 的配置：\n{{losses}}\n不是有意的就把文件找回来；真要这样，在管理群发 /reload yes',
    lostBefore: '⚠️ 配置里的内容比上次运行时少了很多，不是有意的就把文件找回来：\n{{losses}}',
    notReloaded: '{{problems}}\n本次修改没有生效，机器人继续用 {{since}} 的配置。',
    stopping: '正在停下来…',
    stopped: '已停止。',
  },
  en: {
    notSaved: 'I cannot keep the books right now, so that did not count. Please send it again in a few minutes.',
    control: 'control group',
    inviteWaits:
      '“{{group}}”: {{name}} wants to bring {{count}} people in, which its owner has to confirm on the phone. The bot cannot do that.',
    owner:
      '“{{group}}” has a new owner: {{name}}. Only the owner can remove people, so please check that the bot can still keep order there.',
    ownerSelf: 'The bot owns “{{group}}” now, so it can remove advertisers itself.',
    notSavedAdmin:
      'This was not done: {{cause}}; nothing has been kept since {{since}}. Mend the disk and I am back within some seconds, without a restart.',
    diskTrouble:
      '⚠️ Nothing can be kept: {{cause}} (since {{since}}). The bot is there, but books nothing, carries out no command and gives no answers. Mend the disk and it is back within some seconds, without a restart.',
    diskWell:
      '✅ Data can be kept again. Nothing was booked from {{from}} to {{until}}; {{count}} messages did not count.',
    diskWaits: 'The data folder cannot be used yet; it is tried every 10 seconds, and then the start goes on:\n{{why}}',
    lost: 'The data folder {{data}} does not belong to this process any more: {{why}}. This process ends now and writes nothing.',
    lostLock: 'its lock file is gone or another’s, so another quanzi owns these data and this account',
    lostJournal: 'its journal was removed or cut',
    started: 'quanzi starts; data in {{data}}, config in {{config}}.',
    claim:
      'There is no control group yet. Make a group of admins only, add the bot, and send there:\n\n    /claim {{code}}\n\nThe code works once; it also stands in {{file}}.',
    groups: 'Found {{found}} groups: {{names}}',
    missing:
      'Not found: {{names}} (say something there, or save the group to the contacts on the phone; its name must be as in config/groups.yaml)',
    ambiguous: 'Several groups of one name, not managed for now: {{names}} (please rename one)',
    reloaded: 'The settings are updated.{{changes}}{{warnings}}',
    lossAsked:
      '⚠️ Much of the settings is lost, so they were not taken up; the bot goes on with those of {{since}}:\n{{losses}}\nIf that was not meant, bring the file back; if it was, send /reload yes in the control group',
    lostBefore:
      '⚠️ Much less is in the settings than in the last run; if that was not meant, bring the file back:\n{{losses}}',
    notReloaded: '{{problems}}\nThis edit has no effect; the bot goes on with the settings of {{since}}.',
    stopping: 'Stopping…',
    stopped: 'Stopped.',
  },
} as const

/** What the file system's words mean for who has to mend it. */
const diskCauses: Readonly<Record<string, { zh: string; en: string }>> = {
  ENOSPC: { zh: '磁盘满了，请清出空间', en: 'the disk is full, please make room' },
  EDQUOT: { zh: '磁盘配额用完了，请清出空间或提高配额', en: 'the disk quota is used up, please make room or raise it' },
  EROFS: { zh: '磁盘变成只读的了，请重新挂载', en: 'the disk has become read-only, please mount it again' },
  EIO: { zh: '磁盘读写出错，请检查磁盘', en: 'the disk has errors, please check it' },
  EACCES: { zh: '没有写数据文件夹的权限', en: 'this user may not write to the data folder' },
  EPERM: { zh: '没有写数据文件夹的权限', en: 'this user may not write to the data folder' },
}

/** @param code such as `ENOSPC` */
export function diskCause(code: string, language: 'zh' | 'en'): string {
  return diskCauses[code]?.[language] ?? { zh: `磁盘出错（${code}）`, en: `the disk failed (${code})` }[language]
}

/** What a call of WeChat's that failed means for people. @param detail as `CallFailed` says it, such as `webwxsendmsg: ret 1205` */
export function callCause(detail: string, language: 'zh' | 'en'): string {
  const [, ret] = /\bret (-?\d+)/.exec(detail) ?? []
  const [, status] = /\bhttp (\d+)/.exec(detail) ?? []
  if (ret === '1205') return { zh: '微信说太频繁', en: 'WeChat says too often' }[language]
  if (ret !== undefined) return { zh: `微信不同意，代码 ${ret}`, en: `WeChat refuses, code ${ret}` }[language]
  if (status !== undefined) return { zh: `微信服务出错 ${status}`, en: `WeChat has trouble, ${status}` }[language]
  if (/unreached|nonsense/.test(detail)) return { zh: '网络不通', en: 'no network' }[language]
  return { zh: '微信没有正常回答', en: 'WeChat gave no proper answer' }[language]
}
