// Characters that look or sound like others: tables of what people type, listed under what they mean.

/** Variants in everyday writing that the traditional-to-simplified table leaves alone. Good for every comparison. */
export const everydayVariants: Readonly<Record<string, string>> = {
  着: '著',
  什: '甚',
  你: '妳',
  只: '祇',
  吃: '喫',
}

/** Letters of other alphabets and letter-like signs, under the Latin letter they imitate. For the ad filter. */
const letters: Readonly<Record<string, string>> = {
  a: 'аαᴀɑ🅐🅰',
  b: 'вβʙ🅑🅱',
  c: 'сᴄ🅒🅲',
  d: 'ԁᴅ🅓🅳',
  e: 'еεᴇ🅔🅴',
  f: 'ꜰ🅕🅵',
  g: 'ɢɡ🅖🅶',
  h: 'нһʜ🅗🅷',
  i: 'іιɪıɩ🅘🅸',
  j: 'јᴊ🅙🅹',
  k: 'кκᴋ🅚🅺',
  l: 'ӏʟ🅛🅻',
  m: 'мᴍ🅜🅼',
  n: 'ηɴ🅝🅽',
  o: 'оοᴏø🅞🅾',
  p: 'рρᴘ🅟🅿',
  q: 'ԛ🅠🆀',
  r: 'гʀ🅡🆁',
  s: 'ѕꜱ🅢🆂',
  t: 'тτᴛ🅣🆃',
  u: 'υᴜ🅤🆄',
  v: 'ѵνᴠʋ√∨˅✔🅥🆅🇻',
  w: 'ԝωᴡ🅦🆆🇼',
  x: 'хχ×✕✖✗❌╳❎🅧🆇🇽',
  y: 'уγʏ🅨🆈',
  z: 'ᴢ🅩🆉',
}

/** Dingbat digits that Unicode does not relate to the plain ones. For the ad filter. */
const dingbatDigits: Readonly<Record<string, string>> = {
  0: '⓿',
  1: '❶➀➊⓵',
  2: '❷➁➋⓶',
  3: '❸➂➌⓷',
  4: '❹➃➍⓸',
  5: '❺➄➎⓹',
  6: '❻➅➏⓺',
  7: '❼➆➐⓻',
  8: '❽➇➑⓼',
  9: '❾➈➒⓽',
}

/** Characters of the advertising trade under the one they stand for. For the ad filter. */
const trade: Readonly<Record<string, string>> = {
  微: '薇徽溦葳嶶癓',
  加: '➕✚╋┼伽咖珈',
  私: '伺俬',
  群: '裙峮',
  赚: '嫌',
}

/** Chinese ways of writing one digit, under the digit. Meant only inside a run that is a number: 一三八… */
export const wordDigits: Readonly<Record<string, string>> = {
  0: '〇零洞',
  1: '一壹幺弌〡',
  2: '二贰两弍〢',
  3: '三叁参弎〣',
  4: '四肆',
  5: '五伍',
  6: '六陆',
  7: '七柒拐',
  8: '八捌',
  9: '九玖勾',
}

/** All single characters that the ad filter reads as another one. */
export const filterVariants = [letters, dingbatDigits, trade] as const

/**
 * Ways of writing the two messengers that advertisers name, after the single characters above were replaced and what
 * stands between was taken out. `(?<![a-z])` keeps the inside of English words alone.
 */
export const messengerSpellings: readonly (readonly [name: string, spelling: RegExp])[] = [
  [
    '微信',
    /[微威维][信心芯伈訫伩]|(?:[微威]|(?<![a-z])v)[x信心芯号]|卫信|微星|(?<![a-z])(?:wechat|weixin|wx|vxin|vx)|(?<=[加+])[vw]/g,
  ],
  ['qq', /[扣叩抠蔻秋]{2}|[扣叩抠]q|q[扣叩抠]|企鹅号|(?<=加)(?:企鹅|球球|q(?!q))/g],
]
