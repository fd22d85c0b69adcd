// The control group: claiming it, roles, help, status, groups, reload, log and undo; and what admins are told unasked.
import { arg } from '../../core/feature/arguments.ts'
import { feature } from '../../core/feature/feature.ts'
import { houseOf } from '../../core/feature/house.ts'
import { entryLine, entryStory } from './entries.ts'
import { cameOnline, friendAsked, noticed, tellRestarts } from './news.ts'
import { hangingWords, lookAt, numbered, severalNumbered, undoSeveral } from './numbers.ts'
import { takenBack } from './undoing.ts'
import { alarmText, sendingText, statesOf, statusText, whoText } from './reports.ts'
import { parts } from './parts.ts'
import { peopleCard, peopleCommands } from './people.ts'
import { bindSpare, isSpare, offerRoles, rolesBack } from './returning.ts'

/** What admins call the roles; the first is shown in Chinese, the last in English. */
const roleNames = {
  helper: ['助手', 'helper'],
  admin: ['管理员', 'admin'],
  owner: ['主人', 'owner'],
  member: ['成员', '群友', '普通成员', 'member'],
} as const

/** Earlier names that are kept of a member. */
const KEPT_NAMES = 5

export const admin = feature({
  name: 'admin',
  summary: { zh: '管理群和命令', en: 'Control group and commands' },
  ...parts,
  retired: { texts: ['groupsNotice', 'missing', 'ambiguous'], variables: { undoConflict: ['places'] } },

  commands: {
    claim: {
      summary: {
        zh: '用一次性认领码把这个群设为管理群',
        en: 'Make this group the control group with the one-time code',
      },
      role: 'member',
      anywhere: true,
      args: { code: arg.text({ zh: '认领码', en: 'code' }, { zh: 'K7QM2XWA9D', en: 'K7QM2XWA9D' }) },
      run({ code }, cx, { group, from }) {
        if (group === null) return
        const { members, now, reply, text, say } = cx
        const { rights } = houseOf(cx)
        if (members.group(group)) {
          // The code was seen by members, so it must not open anything any more.
          if (rights.burnClaim(code)) return say({ group }, text('claimInMemberGroup'), { priority: 'reply' })
          return rights.noteWrong(group, from, now)
        }
        if (isSpare(code) && rights.may(from, 'owner') && group !== rights.control) return bindSpare(group, cx)
        const claimed = rights.claim(code, group, from, now)
        if (claimed === 'claimed') {
          const card = peopleCard(cx)
          const done = reply('claimed', { name: members.name(from, group) })
          return card === undefined ? done : [done, say('control', card)]
        }
        // Anybody can type this: one answer an hour, behind all others, which tells nothing.
        if (!rights.mayAnswerWrong(now)) return
        return say({ group }, text(claimed === 'locked' ? 'claimLocked' : 'claimWrong'), { priority: 'game' })
      },
    },
    help: {
      summary: { zh: '看能用的命令，或某个命令的写法', en: 'Show the commands, or how one is written' },
      role: 'helper',
      args: { command: arg.optional(arg.rest({ zh: '命令', en: 'command' }, { zh: 'points add', en: 'points add' })) },
      run({ command }, cx, { from }) {
        const { roleOf, text, reply, replyText } = cx
        const [house, role] = [houseOf(cx), roleOf(from)]
        if (command === undefined) {
          const lines = house.help(role).map((line) => text('helpLine', line))
          return replyText([text('help'), ...lines].join('\n'))
        }
        const found = house.helpFor(command, role)
        return found === undefined ? reply('noSuchCommand', { name: command }) : replyText(found)
      },
    },
    status: {
      summary: { zh: '看机器人好不好', en: 'How the bot is' },
      role: 'helper',
      args: {},
      run: (_, { lookup }) => lookup({ what: 'status', query: null }),
    },
    sending: {
      summary: {
        zh: '看发了多少、还能发多少、什么在等为什么',
        en: 'What was sent, what may be, and what waits and why',
      },
      role: 'helper',
      args: {},
      run: (_, { lookup }) => lookup({ what: 'status', query: 'sending' }),
    },
    'alarm test': {
      summary: { zh: '试一下微信之外的告警通不通', en: 'Try whether alarms outside WeChat arrive' },
      role: 'admin',
      args: {},
      run: (_, { lookup }) => lookup({ what: 'alarm', query: null }),
    },
    groups: {
      summary: { zh: '看管理着哪些群，哪些没找到', en: 'Groups that are managed, and those not found' },
      role: 'helper',
      args: {},
      run(_, cx) {
        const { configuredGroups, members, text, reply, replyText } = cx
        const groups = members.groups()
        const found = groups.map(({ id, name, tags }) =>
          text('groupLine', {
            id,
            name,
            size: members.membersOf(id).length,
            tags: tags.map((tag) => ` #${tag}`).join(''),
            notes: [...houseOf(cx).notes(id), ...statesOf(id, cx)].map((note) => ` · ${note}`).join(''),
          }),
        )
        const missing = configuredGroups
          .filter((name) => !groups.some(({ managed }) => managed === name))
          .map((name) => text('groupMissing', { name }))
        const twins = (cx.tables.states.get('ambiguous')?.states ?? []).map(({ short }) => {
          const isManaged = groups.some(({ managed }) => managed === short)
          return text(isManaged ? 'groupTwin' : 'groupTwins', { name: short })
        })
        return configuredGroups.length === 0
          ? reply('noGroups')
          : replyText([...found, ...missing, ...twins].join('\n'))
      },
    },
    reload: {
      summary: {
        zh: '重新读取 config 文件夹，有错就全部不改',
        en: 'Read the config folder again; with any error nothing changes',
      },
      role: 'admin',
      args: {
        anyway: arg.optional(arg.oneOf({ zh: 'yes', en: 'yes' }, ['yes'])),
      },
      run: ({ anyway }, { lookup }) => lookup({ what: 'reload', query: anyway ? 'anyway' : 'careful' }),
    },
    log: {
      summary: { zh: '最近做了什么，每条有编号', en: 'What was done lately, each with its number' },
      role: 'helper',
      args: { count: arg.optional(arg.int({ zh: '几条', en: 'how many' }, { min: 1, max: 30, example: 10 })) },
      run: ({ count }, { lookup }) => lookup({ what: 'log', query: { limit: count ?? 10 } }),
    },
    why: {
      summary: {
        zh: '看一个案件（41）的依据，或 /log 里一条记录（L123）的来龙去脉',
        en: 'Why: a case (41) and its reasons, or the whole story of an entry of /log (L123)',
      },
      role: 'helper',
      args: { number: numbered },
      run: ({ number }, cx) => lookAt('why', number, cx),
    },
    undo: {
      summary: {
        zh: '撤销一个案件（41）或给你看过的一段（41-43），或 /log 里的一条记录（L123）',
        en: 'Take back a case (41) or those of a range that you were shown (41-43), or an entry of /log (L123)',
      },
      role: 'admin',
      args: {
        number: severalNumbered,
        hanging: arg.optional(arg.choice({ zh: '一起或只这条', en: 'all or keep' }, hangingWords)),
      },
      run: ({ number, hanging }, cx) =>
        'numbers' in number ? undoSeveral(number, cx) : lookAt('undo', number, cx, hanging),
    },
    who: {
      summary: {
        zh: '一个人的全部：积分、券、活动、签到、记录、进群时间、以前的名字',
        en: 'All about somebody: points, coupons, activities, check-ins, record, since when, earlier names',
      },
      role: 'helper',
      args: { who: arg.member() },
      run: ({ who }, cx) => cx.replyText(whoText(who, cx)),
    },
    roles: {
      summary: { zh: '看谁有什么角色', en: 'Who has which role' },
      role: 'helper',
      args: {},
      run(_, cx) {
        const { members, text, replyText } = cx
        const holders = houseOf(cx).rights.holders()
        return replyText(
          holders
            .map(({ member, role }) => text('roleLine', { role: text(role), name: members.name(member), id: member }))
            .join('\n'),
        )
      },
    },
    ...peopleCommands,
    'roles back': rolesBack,
    role: {
      summary: { zh: '授权或收回角色', en: 'Grant or withdraw a role' },
      role: 'owner',
      args: { who: arg.member(), role: arg.choice({ zh: '角色', en: 'role' }, roleNames) },
      confirm: ({ who, role }, { members, text }) =>
        text(role === 'owner' ? 'ownerConfirm' : 'roleConfirm', {
          name: members.name(who),
          id: who,
          role: text(role),
          groups:
            members
              .groupsOf(who)
              .map((group) => members.group(group)?.name ?? group)
              .join('、') || text('control'),
        }),
      run({ who, role }, cx, { from }) {
        const { members, text, reply } = cx
        if (who === from) return reply('roleSelf')
        const { rights } = houseOf(cx)
        if (role === 'owner') {
          const { control } = rights
          if (control === null || !members.isIn(who, control)) return reply('ownerNotHere', { name: members.name(who) })
          rights.handOn(from, who)
          return reply('ownerSet', { name: members.name(who), id: who })
        }
        rights.grant(who, role)
        return reply('roleSet', { name: members.name(who), id: who, role: text(role) })
      },
    },
  },

  onFound(found, cx) {
    switch (found.what) {
      case 'log':
        if (found.answer.length === 0) return cx.reply('logEmpty')
        return cx.replyText(
          [...found.answer]
            .reverse()
            .map((entry) => entryLine(entry, cx))
            .join('\n'),
        )
      case 'entry':
        if (found.answer === null) return cx.reply('noEntry', { seq: found.query.seq })
        if (found.query.for === 'why') return cx.replyText(entryStory(found.answer, cx))
        if (cx.tables.undone.get(String(found.query.seq))) return cx.reply('alreadyUndone', { seq: found.query.seq })
        return takenBack(found.answer, found.query.hanging, cx)
      case 'status':
        return cx.replyText((found.query === 'sending' ? sendingText : statusText)(found.answer, cx))
      case 'alarm':
        return cx.replyText(alarmText(found.answer, cx))
      case 'reload':
        return cx.replyText(found.answer.text)
      case 'model':
      case 'meaning':
      case 'calibration':
      case 'rehearsal':
      case 'qr':
      case 'said':
        return undefined
    }
  },

  onLoaded: (loaded, cx) => (loaded.type === 'rostered' ? offerRoles(loaded.group, cx) : undefined),

  onRenamed({ member, before }, { tables }) {
    const known = tables.noteNames.get(member)?.names ?? []
    if (before.trim() === '') return
    tables.noteNames.set(member, { names: [...known.filter((name) => name !== before), before].slice(-KEPT_NAMES) })
  },

  onFriendAsked: friendAsked,
  onLoggedIn: cameOnline,
  onJob: { restarts: (_key, cx) => tellRestarts(cx) },
  onNoticed: ({ notice }, cx) => noticed(notice, cx),
})
