// What kind of utterance a text is: only what asks for something is held against the answer library.
import { canonical, withoutEnd } from '../core/lib/text.ts'

/**
 * `bare`: a few words that neither ask nor tell, such as 营业时间. `report`: it tells of something wrong. `statement`: it tells something. `lament`, `praise`, `thanks`,
 * `greeting`, `abuse`: it only says how somebody feels.
 */
export type Utterance =
  'question' | 'request' | 'bare' | 'report' | 'statement' | 'lament' | 'praise' | 'thanks' | 'greeting' | 'abuse'

/** UTF-16 units that are looked at. */
const lookedAt = 300
/** A text of at most this many units that tells nothing may be the name of a thing. */
const shortest = 8
const shortestWords = 4
/** No Chinese character in it. */
const english = /^[^\p{Script=Han}]*[a-z][^\p{Script=Han}]*$/u

const asks =
  /[?？]|[吗嘛]|[么呢不没否](?:[啊呀哈嘞呗哦的]{0,2})$|什么|啥|怎么|怎样|咋|如何|为何|哪|多少|多久|多[大长高远重]|几(?![乎率十百千万])|还是.*(?<![吧的好])$|[能会].{1,8}吧$|谁|何时|是否|可否|能否|(.)[不没]\1|有没有|有木有|能不|会不|要不要|没有?[啊呀]?$/
/** A question in English: a question word or an auxiliary begins it, or stands after a clause or a greeting. */
const asksInEnglish =
  /(?:^|[,.;:]\s*|\b(?:hi|hey|hello|guys|all|so|and|but|also|ok|then|before)\s)(?:u |you (?:guys )?)?(?:what|which|how|why|where|who|when|can|could|do|does|did|is|are|r|am|will|would|should|shall|may|have|any(?!one|body)|anything|got|cannot|can't)(?:'?s|'?re)?\b|\b(?:what|which|how|where|when|who)(?:'s)? (?:is|are|do|does|can|could|much|many|long|far|late|early|often|old|big|time|to|u|you|i|we|the|should)\b/
/** Asked of the others in the group. */
const toMembersInEnglish =
  /^(?:(?:hi|hey|hello|so|and|ok) )?(?:anyone|anybody|who (?:is|was|left|wants?|took|has|won|else|knows?)|has anyone|does any(?:one|body)|is any(?:one|body)|can (?:someone|anyone|somebody)|did (?:you|u|anyone)|do (?:you|u) (?:know|think|remember|have a (?:boy|girl)friend)|where did (?:you|u)|are (?:you|u) (?:coming|there|ok|home|free|going))\b/
const requestsInEnglish =
  /^(?:(?:hi|hey|hello|so|and|ok|please|guys) )?(?:(?:i|we)(?: would|'d)? (?:want|need|like|wanna|have) to|i'?d like|i'?m looking for|looking for|want to|wanna|need (?:to|a|an|some)|like to|tell me|send me|give me|show me|please|cant|can't|cannot)\b|\b(?:pls|plz|please)$/
/** Told, not asked. */
const tellsInEnglish =
  /\b(?:was|were|went|lol|haha|yesterday|thanks|sorry|again|so (?:slow|good|bad|hot|cold|nice|badly)|my (?:dog|cat|back|mum|dad|boss))\b|!$|^(?:see you|happy |great|good |nice |congrat|lol|haha)/

const requests =
  /^(?:求|发[一我下个张]|给我|推荐|说一?下|告诉|麻烦|帮我|请教|请问|想问|问一?下|咨询|了解)|想(?:问|知道|了解|咨询|请教)|请问|发(?:我)?一?下|推荐一?[下个]|求(?:推荐|告知|解答|地址|位置|电话)|怎么|想(?:要|办|租|约|订|买|领养|退|换|请个|查|开|学|报|预约|取消|续)/
/** 有没有人…, 谁有…: said to the others in the group. */
const toMembers =
  /有没?有?人.{0,6}(?:一起|[想要去打借拼捡玩组]|看到|知道)|^有人.{0,12}[吗没不么]|谁(?:家|有|要|想|在|一起|能借|看[到见]|捡)|(?:大家|各位|姐妹|群友).{0,6}(?:觉得|看[到了没]|说说|吃了|知道|有没有)|你们.{0,4}(?:觉得|看了?[没吗]|吃了)|组队|拼[车单团]吗/
const tells =
  /[了啦咯]$|哈哈|嘿嘿|嘻嘻|笑死|终于|居然|竟然|果然|原来|好像|感觉|觉得|昨[天晚]|刚[才刚]|今天.*[了啊]|我家.*[了啊]|已经|又.{1,10}了|太.{1,4}了|真(?:的)?[^的实假正]|超级|好(?:开心|困|累|热|冷|想|多|吃|看|用|喝)|记得|加油|打卡|(?:好的|好嘞|收到|知道了|明白|嗯+|哦+|行吧|可以的|没事|不用了|算了)$/
const laments =
  /唉|哎[呀哟]?|愁死|烦死|烦(?:人|躁|透|$)|气死|气人|心累|崩[溃了]|心态|无语|受不了|疯[了掉]|哭死|丑哭|哭了|惨|服了|头[大疼都]+|心疼|心痛|倒霉|emo|要命|糟心|难受死|累死|困死|吓死|吓[我一]|腰都|养不起|完蛋|绝望|没救|肯定.{0,8}[不没]|怎么(?:这么|那么|老是|总是)|凭什么|真(?:烦|黑|差|难|服)|太(?:差|坑|烦|难|贵|过分|气人)/
const praises =
  /真(?:棒|好|给力|香|不错|甜|贴心|厉害)|太(?:棒|好|赞|可爱|香|厉害|贴心)|给力|厉害|点赞|超赞|好评|不错|牛[逼啊]|爱了|特别(?:好|轻|热情|棒|满意)|真心(?:好|不错)|满意|热情|态度(?:真|特别|很)好|绝了|推荐大家|[人讲]真?得?(?:太|真)好/
const thanks = /谢谢|感谢|多谢|谢[啦了]|辛苦[了啦]|\bthanks\b|\bthank you\b|\bthx\b/
const greetings =
  /^(?:早+|早安|早上好|上午好|中午好|下午好|晚上好|晚安|你好|您好|大家好|哈喽|哈罗|嗨|在[吗么嘛]|在不在|hi|hello|hey|各位好|新年好)(?:[啊呀哦哟～~! 的吖丫]|大家|各位|[^\s]{0,2}[们人])*$/
const abuse =
  /傻[逼叉帽子]|煞笔|沙雕|\bsb\b|垃圾(?:公司|店|群|物业|平台|客服|东西|机器人|bot)?$|^(?:什么)?(?:垃圾|破)(?:公司|店|群|物业|平台|客服|东西|机器人|玩意)|滚|骗子|黑[店心]|废物|去死|有病吧|智障|弱智|脑残|神经病|无良|坑爹|恶心|狗东西|妈的|他妈|tmd|操你|闭嘴/

/** Something is wrong, which may need an answer though nobody asks: 罐子摔瘪了, 押金还没退. */
const reports =
  /坏|破|碎|裂|瘪|丢|落|漏|堵|失灵|没反应|少了|错了|还没|没收到|不见|找不到|打不开|登不上|进不去|[用连收查看]不[了到上]|不会[用弄]|没[电水网]|断[电水网]|不[亮热动]了?/
/** It is over already, or only told. */
const over = /好了|修|终于|已经|昨|自己|哈哈|换了|解决|没事|又/

/** What only asks by its form: 肯定拿不回来了吧, 怎么这么贵啊. */
const rhetorical = /怎么(?:这么|那么|老是|总是)|凭什么|不是.{1,12}吗$|难道|哪有/

/** The kind of a text, by its words alone. Linear in its length. */
export function utteranceOf(text: string): Utterance {
  const said = canonical(text.slice(0, lookedAt))
  const bare = withoutEnd(said)
  if (bare === '') return 'statement'
  if (greetings.test(bare)) return 'greeting'
  const isEnglish = english.test(bare)
  const asking = asks.test(said) || asks.test(bare) || (isEnglish && asksInEnglish.test(bare))
  const requesting = requests.test(bare) || (isEnglish && requestsInEnglish.test(bare))
  if (abuse.test(bare) && !(asking && /[?？吗]/.test(said))) return 'abuse'
  if (laments.test(bare) && (!asking || rhetorical.test(bare) || /哈哈|[了啦]$/.test(bare))) return 'lament'
  if (asking && (toMembers.test(bare) || (isEnglish && toMembersInEnglish.test(bare)))) return 'statement'
  // 谢谢 at the end of a question is a courtesy.
  if (thanks.test(bare) && !asking && !(requesting && !/^[^a-z0-9]{0,4}(?:谢|感谢)/.test(bare))) return 'thanks'
  if (asking)
    return /[^,，。!！?？]{14,}[了啦](?:哈+)?$/.test(bare) && !/[?？吗]|怎么|咋/.test(said) ? 'statement' : 'question'
  if (praises.test(bare)) return 'praise'
  if (requesting) return 'request'
  if (reports.test(bare) && !over.test(bare)) return 'report'
  if (tells.test(bare) || (isEnglish && tellsInEnglish.test(bare))) return 'statement'
  if (isEnglish) return bare.split(' ').length <= shortestWords ? 'bare' : 'statement'
  return [...bare].length <= shortest ? 'bare' : 'statement'
}
