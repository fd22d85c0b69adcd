// Insults: words that attack somebody who is spoken to. An insult is no advertisement, and swearing at things is no insult.

/** Words that are an insult when they are said to somebody. Squeezed; the list is kept short and plain. */
const names =
  '傻[逼比屌叉x]|[傻煞沙莎]笔|傻b|sb|脑残|智障|弱智|白痴|废物|畜[生牲]|狗东西|狗杂种|杂种|贱人|贱货|人渣|败类|不要脸|狗比|狗逼|臭婊子|婊子|王八蛋|混蛋|龟孙|蠢货|蠢猪|垃圾人|神经病|有病'
/** What nobody says in peace, whoever is meant. */
const curses =
  '[操草艹日肏]你[妈娘全大祖]|[草操]泥[马妈]|[去弄]你妈的|你妈[死逼的]|你[全]家死|死全家|全家死|去死吧|滚你妈|滚犊子|给[老我]子滚|(?<![a-z])(?:nmsl|cnm|wcnm|nmd)(?![a-z])|fuckyou|fuck you|sonofabitch|son of a bitch'

const direct = new RegExp(
  `${curses}|(?:你们?|您|楼上)(?:这?个?人?|就是个?|真是个?|真的?是?个?|才是?|他妈的?|tm|是|真|才)*(?:${names})|(?:你|您)(?:全家|爸|爹|娘)(?:是|都是|才)?(?:${names})`,
  'u',
)
/** Insults that need no name for whom they are meant. */
const phrases =
  /你们?(?:又?算)(?:是)?个?(?:什么东西|老几|哪根葱)|你脑子(?:才|是|真)*(?:进水|有病|有坑|被驴)|脑子(?:进水|有病|被驴踢)了?吧?你|你(?:才|就|真|还)*是(?:头|只|条)?(?:猪|狗)(?:吗|吧|啊|!|$)|^(?:you ?(?:are|re) ?)?(?:an? ?)?(?:fucking )?(?:idiot|moron|retard|asshole|bitch)s?$|^you (?:are (?:the |an? )?|fucking |stupid )*(?:idiot|moron|retard|asshole|bitch)$/u
/** A message that is an insult and nothing else, as it is said to somebody's face. */
const bare = new RegExp(
  `^(?:${names.replace('|sb', '').replace('|神经病|有病', '')})(?:玩意儿?|东西|一个|们|滚.{0,4}|死开)?$`,
  'u',
)
const loose = new RegExp(`(?:${names})`, 'u')

/** Who tells what somebody else has said, asks not to quarrel, or speaks of himself attacks nobody. */
const reported =
  /骂[我他她人谁]|[说叫称喊]我(?:是|个)?|被[骂说]|别骂|不[要能许]骂|骂人|我(?:真|就|才|也)?(?:是|个|的)|文明用语|禁止|不得|自己|什么意思|是什么|是一种|的歌|歌词|爱你|喜欢|《/

/** What kind of insult a squeezed text holds, and its words. */
export interface Insult {
  /** `direct`: at somebody here. `loose`: a word of abuse, perhaps about somebody else. */
  readonly kind: 'direct' | 'loose'
  readonly words: string
}

/** Longer texts argue or tell; they are not an insult as a whole. */
const longest = 80

/** Finds an insult in a squeezed text. */
export function insultIn(meant: string): Insult | undefined {
  if (meant.length > longest) return undefined
  if (reported.test(meant)) return undefined
  const hit = direct.exec(meant)
  if (hit !== null) return { kind: 'direct', words: hit[0] }
  const said = phrases.exec(meant) ?? bare.exec(meant)
  if (said !== null) return { kind: 'direct', words: said[0] }
  const word = loose.exec(meant)
  return word === null || !/你|楼上|滚/.test(meant) ? undefined : { kind: 'loose', words: word[0] }
}
