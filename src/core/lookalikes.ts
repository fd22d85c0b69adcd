// Characters that look or sound like others: what people type to slip past a comparison.

/**
 * Variant characters for one another in everyday writing that the traditional-to-simplified table leaves alone.
 * Used for every comparison.
 */
export const everydayVariants = '著着 甚什 妳你 祇只 裏里 線线 喫吃 週周 佈布 彙汇 煙烟'

/** Letters of other alphabets, and letter-like symbols, by the Latin letter they imitate. Pairs: what is typed, what it means. */
export const foreignLetters =
  // Cyrillic
  'аa вb сc ԁd еe ѕs һh іi јj кk ӏl мm нh оo рp ԛq гr тt ѵv ԝw хx уy ' +
  // Greek
  'αa βb εe ηn ιi κk νv οo ρp τt υu χx ωw γy ' +
  // small capitals and phonetic letters
  'ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa ɡg ɩi ı' +
  'i ʋv ⅴv √v ∨v ˅v ×x ✕x ✖x ✗x ❌x ╳x ø' +
  'o ß' +
  'b ƍq'

/** Signs and characters that the advertising trade writes for a digit, a verb or a name of a service. Pairs: typed, meant. */
export const tradeCharacters =
  // "add me"
  '➕加 +加 ✚加 ╋加 ┼加 伽加 咖加 珈加 茄加 迦加 嘉加 家加 ' +
  // first half of "WeChat"
  '薇微 徽微 溦微 葳微 嶶微 癓微 ' +
  // private message, group, profit
  '伺私 俬私 裙群 峮群 駺群 賺赚 嫌赚 帳账 ' +
  // arrows and telephone signs mean nothing but "look here"
  '亓元 圆元 円元 ￥元 ¥元 仟千 佰百'

/** Digits as Chinese characters, banker's characters and dingbats. Pairs: typed, the digit. */
export const digitCharacters =
  '〇0 零0 〡1 一1 壹1 幺1 弌1 二2 贰2 貳2 两2 弍2 三3 叁3 叄3 参3 四4 肆4 五5 伍5 六6 陆6 陸6 七7 柒7 漆7 八8 捌8 九9 玖9 ' +
  '⓪0 ❶1 ❷2 ❸3 ❹4 ❺5 ❻6 ❼7 ❽8 ❾9 ➀1 ➁2 ➂3 ➃4 ➄5 ➅6 ➆7 ➇8 ➈9 ➊1 ➋2 ➌3 ➍4 ➎5 ➏6 ➐7 ➑8 ➒9 ⓵1 ⓶2 ⓷3 ⓸4 ⓹5 ⓺6 ⓻7 ⓼8 ⓽9 ⓿0'

/** Ways of writing the two messengers that advertisers name, after everything else was undone; longest first. */
export const messengerNames: readonly (readonly [name: string, spellings: readonly string[]])[] = [
  [
    '微信',
    '微信号 威信号 微心 微芯 微伈 微訫 微欣 微星 微新 微辛 威信 威芯 威心 维信 惟信 唯信 卫信 卫星号 微x 威x 微xin vxin v信 v芯 v心 v號 v号 wx weixin wechat vx wei信 微❤'.split(' '),
  ],
  ['qq', '扣扣 叩叩 扣q q扣 秋秋 球球 企鹅号 企鹅 抠抠 蔻蔻 口口号 q号 qq号'.split(' ')],
]
