// What the engine itself says, mostly to admins: commands that were not understood, rights, confirmations.
export const engineTexts = {
  zh: {
    noName: '（无名）',
    unknown: '没有「{{typed}}」这个命令。',
    like: '是不是想用 {{names}}？',
    seeHelp: '发 /help 看全部命令。',
    notUnderstood: '没看懂「{{typed}}」。',
    notAllowed: '「{{command}}」要{{role}}才能用，请群主用 /role 授权。',
    confirm: '{{what}}\n一分钟内回复 /yes 执行。',
    nothingToConfirm: '没有等你确认的命令，或者已经过了一分钟。',
    helper: '助手',
    admin: '管理员',
    owner: '主人',
  },
  en: {
    noName: '(no name)',
    unknown: 'There is no command “{{typed}}”.',
    like: 'Did you mean {{names}}?',
    seeHelp: 'Send /help for all commands.',
    notUnderstood: 'I did not understand “{{typed}}”.',
    notAllowed: '“{{command}}” is for the role {{role}}; the owner can grant it with /role.',
    confirm: '{{what}}\nReply /yes within a minute to do it.',
    nothingToConfirm: 'No command waits for your word, or the minute is over.',
    helper: 'helper',
    admin: 'admin',
    owner: 'owner',
  },
} as const
