// What a language model must not make statements about in its own words, whatever it was told: a list of topics with their words.
import { canonical } from '../core/lib/text.ts'

const surnames =
  '王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃戴莫孔汤'
/** 小李, 老王, 阿花, 王姐, 李总. */
const named = `[小老阿][${surnames}红明芳丽强刚华兰花妹军燕]|[${surnames}](?:姐|哥|总|叔|姨|嫂|婶|太|老师|师傅|先生|女士|医生|主任)`

/** Words of each topic in canonical form; the name of the topic goes to the log. One word is enough to refuse a text. */
const topics: Record<string, RegExp> = {
  price: any(
    '价 钱 \\d元 \\d块 [一二两三四五六七八九十百千万几]元 [一二两三四五六七八九十百千万几]块 毛钱 角钱 折 费 贵 便宜 实惠 划算 优惠 免单 满减 立减 特价 促销 打包价 红包 返现 返利 佣金 提成 报销 补贴 补偿 赔 付 押金 定金 订金 转账 收款 打款 汇款 银行卡 支付 充值 余额 账户 积分 券 奖 大礼 抽中 中签 赠 白送 白拿 白给 送你 送您 包邮 金额 成本 利润 工资 收入 赚 投资 理财 股 基金 贷 利息 收益 彩票 虚拟币 比特币 [￥¥$€£] rmb',
    'pric(?:e|es|ed|ing), costs?, cheap(?:er|est)?, expensive, discount(?:s|ed)?, coupons?, fees?, free, refund(?:s|ed|able)?, pay(?:s|ing|ment|ments)?, paid, deposits?, money, cash, yuan, rmb, dollars?, euros?, earn(?:s|ed|ings)?, profits?, invest(?:s|ment|ments)?, loans?, commissions?, salar(?:y|ies), vouchers?, bonus(?:es)?, prizes?, gifts?',
  ),
  promise: any(
    '保证 保障 保你 保您 担保 承诺 一定 肯定 必定 必须 必然 绝对 百分百 百分之百 放心 确保 包你 包您 包过 包会 包满意 包赔 永久 终身 终生 永远 一辈子 无限期 随时都 马上 立刻 立即 秒到 当天到 准时 说到做到 负责到底 我们会 我会 会给你 会给您 会帮 给你留 给您留 答应 约定 不会让 无条件',
    'promis(?:e|es|ed), guarantee(?:s|d)?, ensures?, assure(?:s|d)?, certainly, definitely, absolutely, always, forever, never, surely, immediately, instantly, at once, we will, we’ll, i will, i’ll, will give, lifetime, for life',
  ),
  guarantee: any(
    '质保 保修 保换 三包 包退 包换 包赔 包修 退换 退货 退款 可退 能退 换货 退一赔 假一赔 赔偿 赔付 售后 维修 无理由 正品 真品 正宗 保真 认证 资质 合格 检测 检验 有机 无公害 零添加 官方授权 唯一 第一 最好 最低 最高 最佳 最优 最新鲜 顶级 国家级 投诉 起诉 法律 律师 合同 违法 合法 责任',
    'warrant(?:y|ies), return(?:s|ed|able), exchang(?:e|es|ed|eable), compensat(?:e|ion), certif(?:ied|icate), authentic, genuine, best, lowest, highest, finest, legal, illegal, lawyers?, contracts?, liab(?:le|ility)',
  ),
  medicine: any(
    '药 医 疗 治 病 症 诊 痛 疼 炎 癌 瘤 毒 菌 疫 见效 起效 管用 药到 根除 根治 断根 感染 过敏 发烧 发热 感冒 咳嗽 血压 血糖 血脂 胆固醇 糖尿 孕 哺乳 流产 月经 经期 减肥 瘦身 减脂 丰胸 美白 祛斑 祛痘 养生 养颜 保健 滋补 补肾 壮阳 排毒 免疫 抗氧化 抗衰 功效 疗效 有效成分 副作用 剂量 用量 服用 口服 外敷 吃几 忌口 禁忌 体质 营养 维生素 钙 益生菌 偏方 针灸 中医 健康 抵抗力 抑郁 焦虑 自杀 自残 酒精 烟 槟榔',
    'medic(?:ine|ines|al|ation), drugs?, doctors?, diseases?, ill(?:ness)?, symptoms?, cure(?:s|d)?, treat(?:s|ed|ment)?, therap(?:y|ies), pains?, cancer, virus, infections?, allerg(?:y|ies|ic), fever, flu, coughs?, pregnan(?:t|cy), diet, dos(?:e|es|age), supplements?, vitamins?, health(?:y|ier)?, heal(?:s|ed|ing)?, nutrition, slim(?:ming|mer)?, weight, suicide, alcohol',
  ),
  politics: any(
    '政 党 国家 国务 政府 领导人 主席 总理 总统 首相 省长 市长 书记 部长 官员 公务 选举 投票权 民主 专制 革命 独立 统一 台湾 西藏 新疆 香港 澳门 钓鱼岛 南海 军 战争 开战 打仗 制裁 恐怖 示威 游行 抗议 维权 上访 宗教 佛 基督 教会 上帝 伊斯兰 穆斯林 清真 民族 种族 共产 社会主义 资本主义 外交 使馆 警察 公安 城管 法院 新闻 媒体',
    'politic(?:s|al|ian|ians), governments?, party, president, minister, chairman, elections?, vot(?:e|es|ed|ing), democra(?:cy|tic), communis(?:t|m), revolution, independence, taiwan, tibet, xinjiang, hong kong, war, army, military, sanctions, terroris(?:t|m), protests?, religio(?:n|us), god, church, muslims?, islam, police, court, news',
  ),
  people: any(
    `店长 店主 店员 店家 老板 掌柜 经理 总监 主管 客服 负责人 管理员 群主 团长 员工 同事 师傅 阿姨 叔叔 大爷 大妈 大姐 大哥 小哥 小姐姐 快递员 骑手 司机 保安 物业 老师 校长 教练 医生 护士 主播 明星 网红 先生 女士 小姐 太太 夫人 业主 住户 老公 老婆 男友 女友 (?<!其|吉)他(?!们家) 她 谁 某某 有人 那个人 这个人 人品 ${named}  骗子 骗 小偷 偷 混蛋 傻 蠢 笨 丑 胖 穷 离婚 出轨 怀孕 死 年龄 身份证 住在 住址 家住 电话 手机 微信 私信 私聊 加我 加他 加她 联系`,
    'he, she, him, her, his, hers, manager, owner, boss, staff, employees?, clerk, mr, mrs, ms, miss, sir, madam, teacher, coach, driver, somebody, someone, liar, cheat(?:s|er)?, thief, stupid, ugly, idiot, phone, wechat, contact',
  ),
  'other shops': any(
    '别家 别人家 别的店 其他店 其它店 另一家 隔壁 对面 附近的店 同行 竞品 竞争 对手 平台 淘宝 天猫 京东 拼多多 美团 饿了么 抖音 快手 小红书 盒马 叮咚 朴朴 多多买菜 兴盛优选 山姆 沃尔玛 家乐福 永辉 大润发 华润 麦德龙 超市 商场 菜市场 菜场 便利店 全家 罗森 711 7-11 星巴克 瑞幸 麦当劳 肯德基 唯品会 闲鱼 亚马逊 官网 旗舰店 代购 厂家 品牌 某宝 某东 比.{0,4}家',
    'competitors?, rivals?, amazon, walmart, costco, alibaba, taobao, supermarkets?, (?:an)?other (?:shops?|stores?|groups?|seller|sellers), elsewhere, next door, across the street, brands?',
  ),
}

/** @param zh regular expressions that occur anywhere, a space between them; @param en ones of whole words, a comma between them */
function any(zh: string, en: string): RegExp {
  return new RegExp(`${zh.trim().split(/\s+/).join('|')}|\\b(?:${en.split(', ').join('|')})\\b`, 'u')
}

/** The topic that a text makes statements about and must not; undefined for none. Negated, doubtful and quoted ones count too. */
export function forbiddenTopic(text: string): string | undefined {
  const plain = canonical(text)
  return Object.entries(topics).find(([, words]) => words.test(plain))?.[0]
}
