// What the operator reads of the states in which the bot cannot hear, see, send or keep: how it begins, that it is over, and in short.
export const stateTexts = {
  zh: {
    lists: {
      begins:
        '⚠️ 群成员名单暂时读不到（{{cause}}）。我会自己再试，越试越慢；新人和没认出来的人说的话先留着，读到了再处理。不用做什么。',
      over: '✅ 群成员名单又能读了，留着的话已经补上处理。',
      short: '成员名单暂时读不到（{{cause}}），在自动重试',
    },
    addressBook: {
      begins:
        '⚠️ 通讯录暂时读不到（{{cause}}）。我会一直再试；没人说话的群在这之前可能找不到，急的话去那个群里说句话。',
      over: '✅ 通讯录读到了。',
      short: '通讯录暂时读不到（{{cause}}），在自动重试',
    },
    clock: {
      begins:
        '⚠️ 这台机器的时间比微信{{way}} {{minutes}} 分钟。消息照常处理，但签到、定时内容、截止时间会差这么多。请校准系统时间（Linux 上是 timedatectl set-ntp true）。',
      over: '✅ 机器的时间和微信一致了。',
      short: '机器时间比微信{{way}} {{minutes}} 分钟',
    },
    roomUnread: {
      begins:
        '⚠️ 「{{group}}」的成员名单读不到，我会一直再试，群里的话先留着。如果机器人已经不在群里，或群解散了，请从 groups.yaml 去掉它；还在群里的话，在群里说句话。',
      over: '✅ 「{{group}}」的成员名单读到了。',
      short: '成员名单读不到',
    },
    groupRefuses: {
      begins:
        '⚠️ 「{{group}}」不收我的消息（微信：{{cause}}）。可能是群被限制、机器人被禁言或已经不在群里，请在手机上看看。我隔一阵再试，过时的不补发，好了告诉你。',
      over: '✅ 「{{group}}」又能收我的消息了。',
      short: '不收我的消息（{{cause}}）',
    },
    offline: {
      begins: '⚠️ 和微信的连接断了（{{cause}}），正在自动重连。',
      over: '✅ 和微信的连接恢复了。',
      short: '和微信断线',
    },
    loggedOut: {
      begins: '⚠️ 微信登录失效了，机器人停了。请重新启动，用手机再扫一次码。',
      over: '✅ 已经重新登录。',
      short: '微信登录失效',
    },
    disk: { begins: '{{cause}}', over: '✅ 数据又能存了。', short: '数据存不下来' },
    silent: {
      begins:
        '⚠️ 微信说发得太快，机器人暂停发送，时间到了自己恢复，不用做什么。经常这样就把 bot.yaml 的 sending 调小。',
      over: '✅ 又能发消息了。',
      short: '暂停发送',
    },
    controlLost: {
      begins: '⚠️ 管理群不见了。请看启动机器人的窗口或数据文件夹里的 claim-code，在新的管理群里认领。',
      over: '✅ 管理群又有了。',
      short: '没有管理群',
    },
    crashLoop: {
      begins:
        '⚠️ 机器人一小时内重启了 {{count}} 次，最近一次 {{last}}。请看日志（npm run doctor 帮你查），必要时换回上一个版本。',
      over: '✅ 机器人稳定运行一小时了。',
      short: '一小时内重启 {{count}} 次',
    },
  },
  en: {
    lists: {
      begins:
        '⚠️ Member lists cannot be read for now ({{cause}}). I try again by myself, ever more slowly; what newcomers and people I do not know yet say is kept and looked at then. Nothing to do.',
      over: '✅ Member lists can be read again; what was kept has been looked at.',
      short: 'member lists cannot be read ({{cause}}), trying again',
    },
    addressBook: {
      begins:
        '⚠️ The address book cannot be read for now ({{cause}}). I keep trying; until then groups in which nobody speaks may be missing: say something there if it is urgent.',
      over: '✅ The address book was read.',
      short: 'the address book cannot be read ({{cause}}), trying again',
    },
    clock: {
      begins:
        '⚠️ This machine’s clock is {{minutes}} minutes {{way}} WeChat’s. Messages are handled, but check-ins, posts and deadlines are off by as much. Please set the clock (on Linux: timedatectl set-ntp true).',
      over: '✅ The clock agrees with WeChat’s again.',
      short: 'clock {{minutes}} minutes {{way}} WeChat’s',
    },
    roomUnread: {
      begins:
        '⚠️ The member list of “{{group}}” does not come; I keep trying, and what is said there is kept. If the bot is not in it any more, or it was dissolved, take it out of groups.yaml; else say something in the group.',
      over: '✅ The member list of “{{group}}” was read.',
      short: 'member list does not come',
    },
    groupRefuses: {
      begins:
        '⚠️ “{{group}}” takes no message of mine (WeChat: {{cause}}). The group may be restricted, or the bot muted or no longer in it: please look on the phone. I try again now and then; what is out of date by then is not sent.',
      over: '✅ “{{group}}” takes my messages again.',
      short: 'takes no message ({{cause}})',
    },
    offline: {
      begins: '⚠️ The connection to WeChat is lost ({{cause}}); reconnecting.',
      over: '✅ The connection to WeChat is back.',
      short: 'no connection to WeChat',
    },
    loggedOut: {
      begins: '⚠️ The WeChat login is over and the bot has stopped. Start it again and scan once more.',
      over: '✅ Logged in again.',
      short: 'logged out of WeChat',
    },
    disk: { begins: '{{cause}}', over: '✅ Data can be kept again.', short: 'data cannot be kept' },
    silent: {
      begins:
        '⚠️ WeChat says that I send too fast: sending is paused and goes on by itself. If it happens often, lower sending in bot.yaml.',
      over: '✅ Messages go out again.',
      short: 'sending is paused',
    },
    controlLost: {
      begins:
        '⚠️ The control group is gone. See the window in which the bot was started, or claim-code in the data folder, and claim a new one.',
      over: '✅ There is a control group again.',
      short: 'no control group',
    },
    crashLoop: {
      begins:
        '⚠️ The bot was restarted {{count}} times within an hour, last at {{last}}. Look at the log (npm run doctor helps), or go back to the last version.',
      over: '✅ The bot has been running for an hour.',
      short: '{{count}} restarts within an hour',
    },
  },
} as const
