// Everyday lines of a residents', shop or parents' group, made up from templates: the labelled chats come from other
// places and know no sign-up lists, flat numbers, parcels or prices, so a model without these takes them for tricks. Nor
// do they know neighbours with a sofa to give away, in the very words that are an advertisement there.
import type { Example } from './data.ts'
import { errandParts, errands } from './errands.ts'
import { gatheringParts, gatherings } from './gatherings.ts'
import { filler, noiseLines, type Parts } from './made-up.ts'
import { talk, talkParts } from './neighbours.ts'

export const parts: Parts = {
  name: '小李 王姐 阿花 张三 陈晨 Momo Tom 李四 赵敏 豆豆妈 老周 Lucy 小明 乐乐爸爸 孙阿姨 Kevin 糖糖 林'.split(' '),
  thing:
    '车厘子 鸡蛋 土豆 牛奶 排骨 苹果 草莓 吐司 面包 酸奶 三文鱼 大米 口罩 纸巾 洗衣液 绘本 运动鞋 奶茶 蛋糕 青菜'.split(
      ' ',
    ),
  unit: '份 斤 箱 盒 袋 板 瓶 个 件 提'.split(' '),
  time: '今晚 明天 周六 下午3点 18:00 20:30 中午 早上8点 11月30日 明天上午 10点 晚上七点半'.split(' '),
  place: '小区门口 3栋楼下 东门 快递柜 物业 店里 菜鸟驿站 幼儿园 会所 地库 6栋大堂 社区中心'.split(' '),
  emoji: '😀 😂 👍 🌹 🎉 🎂 ☀️ 🌞 🙏 💪 ❤️ 🧧 🐱 👏 😭 🤣 🌱 🍎 ✅ 🔥'.split(' '),
  code: '[微笑] [强] [玫瑰] [抱拳] [捂脸] [呲牙] [OK] [偷笑] [爱心] [合十] [旺柴] [好的]'.split(' '),
  stuff:
    '旧沙发 绘本 婴儿车 电动车 冰箱 书桌 洗衣机 游泳卡 健身卡 闲置手机 空调 自行车 儿童床 电饭煲 鱼缸 钢琴 玩具 校服 奶粉 尿不湿'.split(
      ' ',
    ),
  lost: '钥匙 钱包 猫 狗 耳机 身份证 校卡 雨伞 快递 手表'.split(' '),
  course: '亲子手工课 插花课 瑜伽课 烘焙课 游泳班 绘画班 篮球班'.split(' '),
  helper: '阿姨 保姆 家教 装修师傅 水电工 搬家师傅 月嫂'.split(' '),
  price: '20元 50元 100 200块 300 半价 八成新 九成新'.split(' '),
  word: '签到 积分 骰子 抽奖 菜单 我的券 排行榜 同意 收到 好的 谢谢 赞 在 到 来了 有 要 不要 已付 已拍'.split(' '),
  link: 'https://mp.weixin.qq.com/s/{id} https://docs.qq.com/doc/{id} https://item.jd.com/{n}{n}.html https://m.tb.cn/h.{id} https://v.douyin.com/{id}/ https://www.bilibili.com/video/BV1{id} https://h5.ele.me/{id} https://meeting.tencent.com/dm/{id} https://www.zhihu.com/question/{n}{n} https://i.meituan.com/{id} https://y.qq.com/n/{id} https://wj.qq.com/s2/{n}/{id}'.split(
    ' ',
  ),
}

const everyday = [
  '{emoji}', '{emoji}{emoji}', '{emoji}{emoji}{emoji}', '{code}', '{code}{code}', '{code}{code}{code}', '{d}', '{n}', '+1', '+{d}', '{L}', '选{L}', '{L}选项',
  '答案是{L}', '{word}', '{word}{emoji}', '{word}！', '@{name} {word}', '@{name} {word}{code}', '{name}{word}', '。。。', '？？', '？？？', '!!!', '666', '6666',
  '{d}栋{d}0{d}', '{d}-{d}-{d}0{d}', '{d}栋-{name}', '{d}栋{d}单元{d}0{d} {thing}{d}{unit}', '{d}-{n}-{name}', '{name} {d}{unit}', '{thing}{d}{unit}',
  '#接龙\n{thing}\n1. {name} {d}{unit}', '#接龙\n{thing} {time}截止\n1. {name} {d}{unit}\n2. {name} {d}{unit} {d}栋{d}0{d}\n3. {name} {d}{unit}',
  '#接龙\n{thing}团购\n1. {name}\n2. {name}\n3. {name}\n4. {name}', '1. {name} {thing}\n2. {name} {thing}\n3. {name}', '接龙 {thing} {d}{unit} {d}栋',
  '快递单号 SF{n}{n}', '单号{n}{n}', 'YT{n}{n}', '顺丰 {n}{n}', '取件码 {d}-{d}-{n}', '取件码{n}', '验证码发我一下', '订单号{n}{n}，{time}能到吗', '核销 {id}',
  '{thing} {d}.{d}元/{unit}', '{thing} {d}{d}.9元/{unit}，{time}截止', '{thing}{d}{d}元一{unit}，{place}自提', '今日菜单：{thing} {d}元、{thing} {d}{d}元、{thing} {d}元',
  '{emoji}{thing} {d}{d}元/{unit}\n{emoji}{thing} {d}{d}元/{unit}\n{time}截单，{place}自提', '{thing}到了，{place}自提', '{time}在{place}集合', '{time}开团，{thing}限量{n}{unit}',
  '满{d}0减{d}的券怎么用', '券码 {id}', '我的券 {id} 还能用吗', '群公告：{time}停水，请提前储水', '通知：{time}在{place}开会，收到请回复', '温馨提示：{time}物业检修电梯',
  '{link}', '{link} {emoji}', '看看这个 {link}', '{name}分享的 {link}', '填一下表 {link}', '{time}直播 {link}', '大家帮忙投个票 {link}', '这个{thing}不错 {link}', '会议链接 {link} {time}',
  '我电话{phone}，放{place}', '{phone}', '联系师傅{phone}', '物业电话 0{d}{d}-{n}', '收件人{name} {phone} {d}栋{d}0{d}', '找物业打{phone}', '谁有{name}微信', '加一下{name}微信', '我加你了，通过一下',
  '已私聊', '私聊你了', '看群公告', '看一下{name}发的', '转发一下', '生日快乐{emoji}{emoji}', '早上好{emoji}', '早{emoji}{emoji}{emoji}', '晚安{code}', '恭喜{name}{emoji}', '欢迎{name}{emoji}',
  '新人报到，{d}栋{name}', '改好名了 {d}栋-{name}', '{name}家出闲置{thing}，{d}{d}元，{place}自提', '闲置{thing}免费送，{place}自取', '谁要拼单{thing}，还差{d}人', '打球打卡第{d}天', '打卡 Day{d}{emoji}', '跑步{d}.{d}公里',
  'ok', 'OK', 'Ok {emoji}', 'yes', 'thx', 'Good morning {emoji}', 'Happy birthday!', 'see you at {d}:{d}0', 'WiFi密码 {id}', '车牌 粤B{n} 麻烦挪一下车', '粤A{L}{n} 挪车', '{L}{n}号车', 'G{n}次 {time}到',
] // prettier-ignore

/** Said by neighbours and by advertisers alike: some of the first, about half of the second, are advertisements. */
const offers = [
  '{stuff}免费送，要的私聊我', '家里{stuff}免费送，自提，要的私聊', '出{stuff}，{price}，要的私聊我', '转让{stuff}，{price}，{place}自提，有需要的私聊我', '出闲置{stuff}，{price}，私聊我',
  '谁要{stuff}，{price}，加我', '有需要{stuff}的私聊我', '有没有人要{stuff}，{price}，私聊我', '{place}捡到{lost}，失主联系我', '{place}丢了{lost}，看到的联系我{phone}', '捡到{lost}一个，失主请私聊我',
  '丢了{lost}，看到的联系{phone}，重谢', '周六{course}，还有名额，报名私聊我', '{course}周末开班，想来的私聊我报名', '车位出租，联系电话{phone}', '{place}房子出租，联系{phone}', '找{helper}，有认识的私聊我',
  '想找个{helper}，有介绍的联系我', '求推荐{helper}，私聊我', '#接龙 {thing}{d}9.9一{unit}，付款找{name} 1. 小明 {d}{unit} 2. 阿花 {d}{unit}', '#接龙 今日{thing}特价，满{d}0包邮，私聊{name}付款 1. 王姐 {d}{unit}',
  '{name}私聊我一下', '{name}看到私聊我', '加{name}微信付款', '{name}微信多少，我加一下', '我微信和手机同号 {phone}', '我微信号 {id}，拉我进群', '店里招收银员一名，有意的联系{name}', '{thing}到了，要的私聊{name}',
  '喜欢{thing}的来', '喜欢电影的来', '喜欢跑步的来', '想去的来', '要去的报名', '有空的来', '需要电话联系', '电话联系', '微信联系', '你微信多少，我加你', '{name}你微信多少，我加一下', '我加你微信了，通过一下', '你加我还是我加你', '加个微信吧', '方便加个微信吗', '能加你微信吗', '加我，我拉你', '我加你好友了', '微信聊吧', '我私聊你', '私聊说', '加了，通过一下', '你私我一下', '给我个电话', '把你电话发我', '扫这个码就行', '扫码在哪', '去哪里扫码', '哪里可以扫', '发个二维码给我', '收款码发一下', '店里{thing}到了，要的来拿', '要{thing}的找我，我在楼下', '谁要{thing}，我多拿了{d}{unit}', '微信 {id}', '微信号 {id}', '微信：{id}', 'VX {id}', '店长微信 {id}', '这是他微信 {id}', '师傅微信{id}', '我微信{id}', '电话 {phone}', '手机号{phone}微信同号', '她的电话{phone}', 'qq {n}{n}', '拼车去机场，{d}点出发，加我', '拼单{thing}，还差{d}人，加我',
] // prettier-ignore
const calls = [
  '有需要的私聊我', '需要的私聊我', '要的私聊我', '私聊我', '价格私聊我', '有事私聊我', '私我', '私聊我发你', '加我微信', '我加你微信', '加我一下', '要的加我微信，我拉你进群', '扫码进群', '扫码付款',
] // prettier-ignore

/** The same lines on every run: some hundred templates, each filled in several times. */
export function everydayLines(): Example[] {
  return [
    ...lines(everyday, 14, 0),
    ...lines(offers, 6, 0.15),
    ...lines(calls, 1, 0.45),
    ...lines(talk, 8, 0),
    ...lines(errands, 10, 0),
    ...lines(gatherings, 10, 0),
  ]
}

function lines(templates: readonly string[], each: number, share: number): Example[] {
  const fill = filler({ ...parts, ...talkParts, ...errandParts, ...gatheringParts }, templates.length)
  const texts = new Set(templates.flatMap((template) => Array.from({ length: each }, () => fill(template))))
  return [...texts].map((text) => ({ text, ad: false, share, source: 'everyday', category: 'made up' }))
}

/** Random texts, which say nothing, as clean ones. */
export function noise(): Example[] {
  return noiseLines(6600, 3).map(({ text, kind }) => ({ text, ad: false, source: 'noise', category: kind }))
}
