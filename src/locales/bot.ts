// What the running bot says besides its features: to members when nothing can be saved, and on the console.
export const botTexts = {
  zh: {
    notSaved: '我这边暂时记不了账，刚才的没有算上，过几分钟再发一次就好。',
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
