// What neighbours, parents and customers write, made up from templates: talk in the very words of advertisements, notices, recipes, wishes,
// warnings. The labelled chats have none of these, and a model without them takes them for tricks.
import type { Parts } from './made-up.ts'

export const talkParts: Parts = {
  child: '孩子 儿子 女儿 娃 宝宝 小朋友 我家老二'.split(' '),
  kin: '我妈 我爸 我老公 我媳妇 我婆婆 我姐 我同事 我朋友 楼上邻居 我表弟'.split(' '),
  trade: '保险 信贷 房产中介 会计 外卖 快递 直播 电商 医美 健身教练 银行 课外辅导 微商 货运'.split(' '),
  scam: '刷单 兼职日结 免费领鸡蛋 投资理财 网贷 贷款 冒充客服退款 虚拟币 代开发票 杀猪盘 共享屏幕 注销校园贷 点赞返佣 中奖'.split(
    ' ',
  ),
  dish: '红烧肉 番茄炒蛋 排骨汤 清蒸鲈鱼 饺子 蛋挞 酸辣粉 可乐鸡翅 凉拌黄瓜 麻婆豆腐 糖醋里脊 皮蛋瘦肉粥 炖牛腩'.split(
    ' ',
  ),
  spice: '生抽 老抽 料酒 盐 白糖 醋 姜片 葱段 蒜末 淀粉 蚝油 香油 八角 桂皮'.split(' '),
  street: '人民路 建设街 中心小学 地铁口 菜市场 二号门 一期 二期 解放公园 文化广场'.split(' '),
  weather: '暴雨 大风 寒潮 高温 大雾 雷电 台风 降温 冰雹 霜冻'.split(' '),
  festival: '新年 春节 中秋 元旦 端午 国庆 元宵 教师节'.split(' '),
  wish: '身体健康 万事如意 阖家幸福 财源广进 平安喜乐 步步高升 工作顺利 学业进步 心想事成 好运连连 恭喜发财 生意兴隆'.split(
    ' ',
  ),
  subject: '语文 数学 英语 科学 体育 美术 音乐'.split(' '),
  tech: 'cdn cmd api sql css html npm git vpn dns ssh usb wifi ssd cpu gpu ram bug app pdf ppt excel word ios android root admin nginx docker linux mac win11 java python node vue json http https ipv6 nas hdmi typec 5g lte ai gpt llm ui ux pm hr kpi ok okr ddl eta fyi btw lol omg gg afk cv pr rt todo ping test hello hi bye yes no'.split(
    ' ',
  ),
}

export const talk = [
  // letters and codes
  '{tech}', '{tech} {tech}', '{tech}挂了', '{tech}怎么配', '打开{tech}', '{tech}是什么', '用{tech}就行', '重启一下{tech}', 'the {tech} is down again', '{tech}报错了谁会', '型号{id}', '订单{id}', '序列号{id}{n}', '房间密码{id}', 'git commit {id}', '错误码{n}', 'v{d}.{d}.{d}更新了', '版本{d}.{d}',
  // wishes
  '祝大家{festival}快乐，{wish}，{wish}！', '{festival}到了，祝群里的邻居们{wish}，{wish}，{wish}{emoji}', '{emoji}{festival}快乐{emoji}愿您{wish}，{wish}，阖家团圆，好事成双', '一元复始，万象更新。值此{festival}之际，祝各位{wish}、{wish}、{wish}。', '{name}生日快乐，{wish}，天天开心{emoji}', '早上好，新的一天，{wish}，平安是福，健康是金，愿你笑口常开{emoji}', '{festival}将至，送上祝福：愿你{wish}，财运亨通，{wish}，事事顺心。',
  // recipes and advice
  '{dish}做法：主料切块焯水，加{spice}、{spice}、{spice}，大火烧开转小火炖{d}0分钟，最后收汁撒葱花即可', '分享一个{dish}的做法，{spice}两勺，{spice}一勺，{spice}少许，腌{d}0分钟再下锅，孩子特别爱吃', '{dish}要先放{spice}还是先放{spice}', '我家{dish}秘方：{spice}加{spice}，比饭店还好吃', '{child}发烧38.{d}度，物理降温多喝水，超过38.5再用退烧药，布洛芬和对乙酰氨基酚不要一起吃，间隔{d}小时，精神差就去医院', '{child}咳嗽一周了，医生说是支原体，吃阿奇{d}天停四天', '退烧药怎么吃，{child}才{d}岁', '提醒大家，最近流感多，出门戴口罩，勤洗手，{child}不舒服就别送学校了', '蚊子包痒可以用肥皂水洗，别抓', '减肥别节食，早睡多走路，我三个月瘦了{d}斤', '皮肤过敏用什么药膏好，{child}起红疹了',
  // notices
  '【{weather}预警】气象台{time}发布{weather}黄色预警：预计未来{d}小时有{weather}，请大家关好门窗，减少外出，注意交通安全，收好阳台上的东西。', '天气提醒：{time}起有{weather}，气温下降{d}到8度，请注意添衣保暖，开车减速慢行', '各位家长：{time}召开家长会，请准时到{d}年级{d}班教室，带笔和本子，校门口不好停车，建议步行。收到请回复', '【学校通知】{time}放学时间调整为16:{d}0，请家长按时接送，托管班照常', '家长们好，{subject}作业：练习册第{d}{d}页，背诵课文，家长签字，明天带彩笔', '通知：{time}至{time}因管网检修停水，请提前储水，物业电话0{d}{d}-{n}{n}', '温馨提示：{street}修路，{time}封闭，请绕行', '尊敬的业主：电梯年检，{d}栋{time}停运，不便之处敬请谅解。物业服务中心 {phone}', '社区通知：{time}在活动室免费量血压、测血糖，请带身份证，60岁以上老人优先', '疫苗接种通知：{time}社区卫生中心可以打，带好接种本，电话{phone}', '居委会招志愿者，{time}在{street}值班两小时，发马甲和水，有意报名接龙', '燃气公司入户安检，{time}请家中留人，不收任何费用，谨防假冒', '停车位摇号结果已公示，有异议{time}前到物业登记', '消防演练{time}开始，听到警报不要慌', '垃圾分类新规：厨余垃圾破袋投放，{time}开始检查', '核对水费账单，有疑问打{phone}找小张', '招领启事：{place}捡到{lost}一个，请失主联系门卫{phone}',
  // warnings
  '反诈提醒：{scam}都是骗局，不要点陌生链接，不要转账，接到96110一定要接', '大家小心，{kin}遇到{scam}被骗了{n}元，已经报警', '警惕{scam}诈骗！凡是先垫付、先交钱的都是诈骗，{scam}、{scam}都不要信，转给家里老人看看', '转发提醒：最近有人冒充{trade}打电话，说{scam}，千万别信，已有业主上当', '昨天有人加我微信说{scam}，一看就是骗子', '群里如果有人发{scam}，请举报，不要加他', '派出所民警提醒您：{scam}、{scam}、{scam}高发，不轻信、不透露、不转账。', '{kin}差点被{scam}骗了，还好没转钱', '为什么总有人打电话问我要不要贷款，烦死了', '天天收到兼职刷单的短信，怎么屏蔽', '刚那个发广告的踢了吧', '这个是不是骗人的，说日赚{n}', '谁举报一下那个发{scam}的', '{scam}这种能信吗', '不要相信{scam}，天上不会掉馅饼',
  // second-hand, lost and found, sharing
  '出{stuff}，{price}，{d}栋自提，看上的私我', '{stuff}闲置免费送，{d}栋自取，先到先得，联系{phone}', '家里{stuff}用不上了，谁家需要来搬，微信{id}', '{child}长大了，{stuff}低价转，原价{n}，{price}出，可小刀', '收一个二手{stuff}，有的联系我', '有人卖{stuff}吗，想收一个', '求购二手{stuff}，价格好说，私聊', '多买了两张电影票，原价转给邻居，{time}场', '演出票{d}张去不了了，原价出，{time}，要的私我', '游泳卡还剩{d}次，半价转，{phone}', '寻猫启事：橘猫，{time}在{place}走失，找到必有重谢，电话{phone}', '寻狗：棕色泰迪，{d}栋附近丢的，看到请打{phone}，酬谢{n}元', '捡到一串{lost}，在{place}保安那里，失主打{phone}', '谁的{lost}掉在{place}了，来找我拿，我微信{id}', '车牌粤B{n}车窗没关，谁认识车主，电话{phone}也打不通', '多出来一箱{thing}，平价匀给邻居，{price}一箱', '有没有一起拼{thing}的，差{d}个人成团', '拼车去{street}，{time}走，还有{d}个位置，分摊油费', '找人拼车上班，{street}方向，早上7:{d}0，微信{id}', '周末约球，场地费AA，缺{d}个人，报名接龙', '{d}栋有没有会修水管的师傅，推个电话', '推荐个靠谱的{helper}，我家要用', '这个师傅不错，空调洗得干净，电话{phone}', '给大家推荐修鞋的，{street}老王，{phone}，收费公道', '房东直租，{d}楼两室，{n}元一月，中介勿扰，{phone}', '车位到期转租，一月{d}00，联系{d}栋{name} {phone}', '求租一个车位，地库最好，微信{id}', '{child}补课老师你们找的谁，推荐一下', '有没有一起上{course}的，三人成团便宜', '{course}体验课感觉不错，老师很耐心', '我女儿学校义卖，{time}来捧场哦', '家里老人种的{thing}，吃不完，{d}元一斤，要的说一声', '自己做的{dish}，想吃的邻居来拿，不要钱',
  // sign-up lists
  '#接龙\n{thing}拼单，付款加{name}微信{id}\n1. {name} {d}{unit}\n2. {name} {d}{unit}', '#接龙 {time}{street}野餐，带垫子、水果、饮料\n1. {name} 垫子\n2. {name} {thing}\n3. {name} {dish}', '接龙：{time}亲子活动，费用{d}0元/家，联系{phone}\n1、{name}一家三口\n2、{name} 两大一小', '{name} {d}栋{d}0{d} {phone} {thing}{d}{unit}', '收货地址：{street}{d}号{d}栋{d}0{d}，{name}，{phone}', '已付款，{name}，{phone}后四位{n}', '报名{course}：{name}，{phone}', '家长姓名{name}，电话{phone}，{child}{d}岁', '开发票抬头：{street}服务有限公司，税号{n}{n}{n}', '能开发票吗，要公司抬头', '微信转你了，{d}{d}元，查收一下', '我的微信号是{id}，通过一下', '加我微信{id}，拉你进{d}栋业主群', '业主群二维码过期了，要进群的加{name}微信{id}', '店家电话{phone}，微信同号，可以送货',
  // the shop's customers
  '加店长微信下单，今天{thing}特价', '找店长下单，{thing}{d}元一{unit}', '店长说{time}{thing}到货，要的提前说', '今天{thing}特价，我订了{d}{unit}', '{thing}在群里接龙就行，店长会统计', '私聊店长付款，写上楼号', '店里做活动，满{d}0减{d}，我买了{thing}', '客服在吗，{thing}坏了{d}个', '领券在哪里点，没找到', '优惠券今天到期，别忘了用', '周年庆全场八折，排队好长', '新店开业全场八折，今天去看了，人真多', '楼下新开的面馆不错，全场八折', '{thing}拼单满{d}份发货，还差{d}份', '付款码发一下，我扫', '转给店长了，请查收', '直播间{time}抢{thing}，店长说有福利', '会员日{thing}半价，店里自提', '小程序里下单，选{place}自提点', '价格表在群公告，{thing}{d}{d}元', '代收快递一件一块，放店里', '卧槽，{thing}真甜', '牛逼', '卧槽', '我靠这也行', '看私聊', '扫码付款', '键盘敲得噼里啪啦', '笑死我了', '要的要的', '名字改好了', '你大爷的，哈哈',
  // English
  'Hi, my parcel {n}{n} has not arrived yet, can you call me at {phone}?', 'Hello, when will my order be delivered? My number is {phone}', 'Where can I pick up my package? Tracking number SF{n}{n}', 'Could you please add one more box for building {d}? Thanks', 'Sorry, I am new here, how do I pay?', 'Does anyone know a good dentist nearby? Please message me', 'Is the pool open on weekends?', 'Happy New Year everyone, wish you all the best!', 'Please refund order {n}{n}, the apples were bad', 'Can I change the delivery time to {d}pm? Call {phone} if needed', 'My WeChat is {id}, please send me the location',
  // one's own work, money, sales as topics
  '我在{trade}公司上班，最近指标压得喘不过气', '{kin}做{trade}的，说今年不好干', '面试了一个{trade}，底薪{n}，要不要去', '大学生暑假做什么兼职好，{child}想锻炼一下', '{kin}在外面兼职送外卖，一天两百多，很辛苦', '现在招人真难，店里招{helper}半个月了没人来', '银行贷款利率又降了，房贷能省{n}', '你们房贷利率多少，我想提前还款', '公积金贷款怎么申请，要什么材料', '信用卡年费怎么免', '医保断缴{d}个月有影响吗', '社保代缴靠谱吗', '车险到期了，今年涨了{n}，你们买的哪家', '保险理赔要哪些材料，{child}住院了', '金价又涨了，一克{n}，早知道多买点', '股票又跌了，套牢了', '比特币又涨了，看不懂', '基金亏了{d}0%，躺平了', '彩票中了{d}块钱，请大家吃糖', '世界杯谁赢了，昨晚{d}比{d}', '演唱会票太难抢了，黄牛要{n}', '火车票抢不到，怎么办', 'ChatGPT真好用，写总结省一小时', '公司让学AI，头大', '{child}英语补习班一节{n}，太贵了', '双十一买了{thing}，满减算不明白', '拼多多砍一刀砍了一晚上没成功', '快手直播买的{stuff}质量不行，退了', '微商太多了，朋友圈全是广告', '代理记账一年多少钱，小店要报税', '医美不敢做，怕疼', '打了个耳洞发炎了', '烟瘾犯了，戒烟第{d}天', '物业费涨价，大家什么意见', '中介又打电话问我卖不卖房', '楼上装修吵死了，有人管吗', '抖音上那个{dish}的做法好火，试了一下翻车', '公众号那篇文章写得真好', '新闻说{street}要通地铁了', '看新闻，{weather}要来了 https://news.example.com/{n}', '群主能不能管管广告', '这里比隔壁超市便宜', '你们群的{thing}比菜场新鲜', '上次团的{thing}坏了{d}个，找谁退', '今天红包手气真好{emoji}', '老板发个红包呗', '免费停车多久', '优惠券怎么领，在哪里点', '满{d}00减{d}0还有吗', '会员卡余额怎么查', '可以货到付款吗', '能加群主微信吗', '怎么联系店长', '客服电话多少', '谁有{name}老师电话，私发我一下', '私信看一下', '看私聊', '我私你了，回一下', '加了你微信，通过一下', '扫码枪坏了，今天只能现金', '扫一下门口的码登记', '二维码失效了，重新发一个', '进群的邻居改一下备注，{d}栋{d}0{d}', '会议邀请：{name}邀请您参加腾讯会议，时间{time}，会议号{n}-{n}', '您的快递已到{place}，取件码{d}-{d}-{n}，请及时领取，电话{phone}', '【菜鸟驿站】您的包裹到{street}店，凭{d}-{d}-{n}取件，联系电话{phone}', '{d}8【淘宝】https://m.tb.cn/h.{id} CZ{n} 「{thing}新鲜{d}斤装」点击链接直接打开 或者 淘宝搜索直接打开', '【京东】https://3.cn/{id} 「{stuff}」点击链接直接打开', '我在拼{thing}，{d}.{d}元一{unit}，一起拼 https://mobile.yangkeduo.com/{id}', '链接发你们，自己看 https://mp.weixin.qq.com/s/{id}', '学校问卷，大家填一下 https://wj.qq.com/s2/{n}/{id}', '帮{child}投个票 https://mp.weixin.qq.com/s/{id}，{d}号选手，谢谢',
] // prettier-ignore
