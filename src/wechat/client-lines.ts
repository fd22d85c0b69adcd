// Texts in direct chats that a client wrote by itself, not a person: never a question.

/** WeChat's own words around a new friendship, and what stands in for a message that this client cannot show. */
const made = [
  /^我通过了你的(?:朋友|好友)验证请求[，,]?\s*现在我们可以开始聊天了[。.!！]?$/,
  /^(?:你已添加了|我们已经是好友了|以上是打招呼的(?:内容|消息)).{0,80}$/,
  /^I(?:'ve|’ve| have) accepted your friend request\. Now let(?:'s|’s) chat!?$/i,
  /^You have added .{1,60} as your WeChat contact\..{0,40}$/i,
  /^我是群聊[“"「『].{1,80}[”"」』]的.{0,60}$/s,
  /^I(?:'m|’m| am) .{1,60} from (?:the )?(?:group chat|Group) ?.{0,80}$/i,
  /^\[?(?:收到|你收到)(?:了)?一[条个].{0,40}(?:，|,)?请在(?:手机|最新版本?手机微信|手机微信).{0,6}(?:上)?(?:查看|领取|接收|确认)[。.]?\]?$/,
  /^\[?收到(?:红包|转账).{0,20}请在手机上(?:查看|确认).{0,4}\]?$/,
  /^\[?.{0,40}(?:暂不支持|不支持)(?:的消息类型|此消息|该消息|展示该内容).{0,60}\]?$/,
  /^\[?(?:You(?:'ve|’ve| have)? )?received an? .{0,60}(?:view|open|check) (?:it )?on (?:your )?(?:mobile |smart)?phone.{0,10}\]?$/i,
  /^\[?.{0,40}message type (?:is )?not supported.{0,60}\]?$/i,
]

/**
 * Whether a text is one that WeChat's clients make.
 * @param name the speaker's own, as a friend's first line is often just that
 */
export function isClientMade(text: string, name: string): boolean {
  const line = text.trim()
  if (line.length > 200) return false
  return (name !== '' && (line === `我是${name}` || line === `I'm ${name}`)) || made.some((form) => form.test(line))
}
