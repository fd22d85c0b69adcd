// Advertisements of the kinds that are sent to groups today, made up from templates: the labelled texts are older and of other trades.
// None is a real advertisement; names, sums and ids are chance.
import type { Example } from './data.ts'
import { parts } from './everyday.ts'
import { filler, type Parts } from './made-up.ts'
import { talkParts } from './neighbours.ts'
import { more, moreParts } from './todays-more.ts'
import { errandParts } from './errands.ts'

/** What the templates below are filled with. */
const adParts: Parts = {
  v: '微信 V信 VX vx wx 薇❤ 威信 ➕V 加V +v 加薇 绿泡泡 薇芯 徽信 v❤ 微❤ w❤x 卫星 卫❤'.split(' '),
  reach:
    '加微信{id}|➕V：{id}|薇❤{id}|VX：{id}|+v {id}|私聊我|私信我领取|扫码进群|扫码添加|点我头像加我|主页有联系方式|滴滴我|dd我|扣1|想了解的扣1|看我朋友圈|评论区扣1|私我发资料|详情私|要的私|加我备注{n}|联系电话{phone}|扣扣{n}{n}|{v}{id}|{v}：{id}|{v} {id}|📞{phone}|电报@{id}|飞机 @{id}|名额不多，先到先得|手慢无|感兴趣的来|来人私聊|长期有效|群号{n}{n}|咨询{phone}同微|戳我了解|头像加我|进群链接 http://{id}.{tld}/{n}|点击 https://{id}.{tld}|复制打开 {id}.{tld}'.split(
      '|',
    ),
  tld: 'top xyz vip cc club shop site live cn com'.split(' '),
  money: '300 500 800 一千 2000 三五百 5位数 一两万 200+ 100-300'.split(' '),
  hot: '🔥 💰 🎁 ‼️ ❗ ✨ 👇 📣 ⚡ 💎 🈵 ✅'.split(' '),
  city: '北京 上海 深圳 广州 成都 杭州 本地 全国 同城 武汉 苏州'.split(' '),
  brand: '耐克 阿迪 LV 古驰 劳力士 爱马仕 苹果 雅诗兰黛 兰蔻 茅台 中华 五粮液 戴森'.split(' '),
}

/** One template a line of text; `{x}` is chance, `{reach}` how to get in touch. */
const templates = [
  // courses
  'AI变现训练营，零基础7天学会接单，{reach}', '普通人用AI做副业，一天{money}，{reach}', 'ChatGPT副业课程限时免费，原价{n}，今天0元，{reach}', '想学短视频剪辑的来，包教包会包接单，{reach}', '配音副业零门槛，有声书一小时{money}，免费试音{reach}', '小红书起号陪跑，30天变现，{reach}', '考公考编押题密卷，上岸率98%，{reach}', '学历提升，大专本科一年拿证，学信网可查，{reach}', '消防证、健康证、电工证代考包过，不用到场，{reach}', '名师一对一补习，提分不成功全额退款，{reach}', '暑假班火热招生，老带新立减{n}，报名{reach}', '孩子作业拖拉注意力不集中？专注力训练营免费体验课，{reach}', '写作变现课，手把手教你投稿，月入{money}{reach}', '塔罗占卜师培训，学会接单月入过万，{reach}',
  // finance
  '比特币行情爆发，跟着老师布局，昨天收益30%，{reach}', 'U商合作，高价收USDT，秒到账，{reach}', '币圈内部群，每天三条财富密码，{reach}', '合约带单，胜率九成，{reach}', '新币空投，注册就送{n}U，邀请再返，{reach}', '股票交流群，每日免费送两只牛股，{reach}', '黄金TD、现货原油，专业团队带你操作，{reach}', '黄金回收高价上门，比金店高，{reach}', '实物黄金投资，保本保息，年化12%，{reach}', '急用钱找我，身份证就能下款{money}，当天到账，{reach}', '花呗白条信用卡提现，秒到，费率低，{reach}', '征信花了也能贷，公积金客户额度50万，{reach}', '房抵、车抵、企业贷，利息低至3厘，{reach}', '信用卡逾期协商停息挂账，减免60%，{reach}', '大额信用卡包下卡，不下不收费，{reach}', '您好，我行针对优质客户提供信用贷款，最高30万，随借随还，{reach}', '年化8%理财，比银行高，朋友都在做，{reach}', '保险到期返本，现在投保送油卡，{reach}', '专业保险规划师，免费定制家庭保障方案，{reach}', '重疾险、增额寿，利率马上下调，抓紧上车，{reach}',
  // jobs
  '兼职手机就能做，一单一结，一天{money}，{reach}', '在家兼职，宝妈学生都能做，日结{money}，{reach}', '招点赞员，关注抖音号一单5元，{reach}', '给商家点评，五星好评一条8元，{reach}', '电商冲单员，垫付秒返佣金10%，{reach}', '招聘打字员、抄写员，时间自由，{reach}', '日结工，{city}急招，一天{money}包吃住，{reach}', '代理招募，不囤货一件代发，{reach}', '微商货源，童装女装厂家直供，免费代理，{reach}', '诚招城市合伙人，零加盟费，{reach}', '社群团长招募，分享就有佣金，自购省分享赚，{reach}', '做任务领红包，新人注册送{n}元，{reach}', '直播间挂机刷礼物，躺着赚，{reach}', '招主播，保底{money}，不露脸也行，{reach}', '出国打工，月薪三万包机票，{reach}', '游戏试玩员，每天动动手指{money}，{reach}', '副业推荐：帮忙转发一条2元，日结不拖欠，{reach}', '网赚项目，一部手机就够了，跟着做就行，{reach}', '招网推，拉一个新人{n}元，{reach}', '外卖红包群主招募，躺赚佣金，{reach}',
  // goods
  '{brand}高仿一比一，过专柜，支持验货，{reach}', '{brand}原单尾货，低价出，{reach}', '正品烟酒免税，{brand}批发价，货到付款，{reach}', '口粮烟，细支{brand}，一条{n}，{reach}', '电子烟一次性大口数，{city}当天送，{reach}', '减肥不反弹，一周瘦十斤，无效退款，{reach}', '祛斑祛痘，老中医配方，7天见效，{reach}', '医美双眼皮、水光针，院长亲诊，特价{n}，{reach}', '热玛吉团购价，{city}门店，到店立减，{reach}', '玻尿酸、瘦脸针厂家直供，会打的来，{reach}', '男性保健，三天见效，保密发货，{reach}', '增高、丰胸，私密调理，{reach}', '治疗痔疮鼻炎祖传秘方，根治不复发，{reach}', '演唱会内场票现票转，{brand}前排，加价出，{reach}', '代抢火车票、代抢演唱会，抢不到退款，{reach}', '视频会员年卡{n}元，爱奇艺腾讯优酷都有，{reach}', '话费八折充，72小时到账，{reach}', '加油卡、京东卡高价回收，{reach}', '低价苹果手机，官换机，分期0首付，{reach}', '新车团购，内部价，0首付提车，{reach}', '原产地燕窝阿胶，厂家直销，买二送一，{reach}', '猫舍直销布偶蓝猫，疫苗齐全，全国发货，{reach}', '野生菌虫草，微商同款半价，{reach}',
  // services
  '科学上网，稳定高速不限流量，月付{n}，{reach}', '翻墙加速器，看油管刷推特，免费试用，{reach}', '机场节点，IPLC专线，{reach}', '代开发票，真票可验，各行业都有，{reach}', '普票专票都能开，点数低，先开后付，{reach}', '公司注册代理记账，地址挂靠，{reach}', '粉丝、点赞、播放量，真人不掉，{reach}', '抖音快手涨粉上热门，24小时自助下单 {id}.{tld}', '微信号、老号出租，一天{money}，{reach}', '收微信号，绑卡实名的高价，{reach}', '租你的抖音号，一天{n}，不用密码，{reach}', '出售公众号、视频号，带粉，{reach}', '查微信聊天记录、定位、开房，{reach}', '刻章办证，学历证、房产证，{reach}', '驾照扣分代消，一分{n}，{reach}', '论文代写、降重、查重，保过，{reach}', '搬家拉货，金杯面包车，价格便宜，{reach}', '开锁换锁，24小时上门，{phone}', '家电清洗，油烟机深度清洗一台{n}，{reach}', '管道疏通、马桶堵塞，{phone}', '空调维修加氟，上门快，{reach}', '二手房急售，低于市场价50万，{reach}', '整租一室一厅，中介勿扰才怪，随时看房，{reach}', '精装公寓出租，拎包入住，免押金，经纪人{phone}', '新盘开盘，特价房首付10万，渠道价，{reach}', '收二手车，高价上门评估，{reach}', '上门按摩，技师年轻，{city}可约，{reach}', '同城交友，线下见面，{reach}', '相亲找对象，会员实名，线下活动，{reach}', '算命看八字，测姻缘财运，不准不收钱，{reach}',
  // gambling and the like
  '棋牌游戏上分，秒到账，首充送{n}，{reach}', '体育竞猜，足球推荐单，带你回血，{reach}', '网上打麻将，红包结算，{reach}', '彩票计划群，稳赢倍投，{reach}', '澳门线上娱乐，注册送{n}，{id}.{tld}', '捕鱼游戏代理，一天{money}，{reach}', '微信红包群，扫雷接龙，{reach}',
  // poaching and traffic
  '隔壁群更便宜，同样的车厘子少10块，{reach}', '想要更低价的进我群，{reach}', '别在这里买了，我这边批发价，{reach}', '新建了一个内部优惠群，每天发大额券，{reach}', '外卖红包天天领，进群{reach}', '淘宝内部优惠券群，{reach}', '拼多多帮我砍一刀，下载App领{n}，{reach}', '同款团购我这里便宜一半，{reach}', '扫码领鸡蛋，新店开业进群就送，{reach}', '关注公众号{id}，回复{n}领红包', '视频号搜{id}，每晚直播福价秒杀', '我在抖音等你，搜{id}，关注领福利', '进群领资料，幼小衔接全套电子版，{reach}', '新店开业，全场五折，地址{city}，{reach}', '美容院周年庆，{n}元做三次，{reach}', '本店招学徒和加盟，小吃技术培训，{reach}', '免费送净水器，只收滤芯，{reach}', '免费领取儿童绘本，邮费到付，{reach}', '妈妈们看过来，孩子免费试听英语外教课，{reach}', '健身年卡转让特价，{city}连锁，{reach}',
  // softer ones: told as a story, as care, as a favour
  '做了半年{brand}代购，从死工资到自由，想一起的姐妹找我', '我也是从小白过来的，现在一个月{money}，愿意带几个人，{reach}', '自用省钱，分享赚钱，每天动动手就有收入，{reach}', '自从用了这款精华，脸白了两个度，链接要的喊我', '喝了这个瘦了二十斤，反馈看我朋友圈，{reach}', '我家孩子就是跟这个老师学的，提了三十分，名额剩{d}个，{reach}', '刚给全家配好保险，方案很划算，需要的我发你，{reach}', '存款利率一降再降，趁现在锁定收益，要方案的{reach}', '教育金、养老金早规划，五年交完领一辈子，{reach}', '到期一次性给，比存银行多一倍，{reach}', '朋友圈刚发的款，现货不多，要的截图{reach}', '今天最后一批尾货，清仓价{n}，{reach}', '凑个代理价，还差{d}个，{reach}', '不满意全额退，先试后买，{reach}', '老客户都说好，回购三次了，{reach}', '助理在直播间等你，免费领策略，{reach}', '今晚{d}点直播间福利，{thing}一元秒，搜{id}关注', '短视频搜「{name}甄选」，点关注领券', '完整版发在公众号了，关注回复{n}', '资料太多发不下，进群自取，{reach}', '长按识别二维码，进群领{thing}，{hot}{hot}', '扫一扫图上的码，免费领{thing}{d}{unit}', '{hot}新店开业，进群每人送{thing}一份，限{n}份', '拉满{d}个人进群，送{thing}，{reach}', '想省钱的邻居来我群，{thing}比这里便宜{d}块', '{thing}产地直发，{d}斤只要{n}，别买贵了，我拉你进群', '隔壁群{thing}才{d}{d}，比你们便宜一半，想去的找我', '天天秒杀的小区福利群，还有位置，{reach}', '内部员工价，{brand}五折，走我这里下单', '同城{thing}半小时送到，要的报地址，{reach}', '烟友看过来，各种口味，半小时到，{reach}', '收藏级{brand}，老酒回收，现金结，{reach}', '小金条、金豆可分期，留1发价格', '押题卷命中率高，最后{n}份，{reach}', '网贷还不上别慌，帮你协商减免，{reach}', '逾期被催收的找我，停息分期，{reach}', '帮店铺写评价，图和话术给你，做完就结，{reach}', '行情来了，老师今晚布局，跟上的都赚了，{reach}', '早晚两单带你翻身，{reach}', '看外网视频、刷剧，一个月{d}{d}元，送三天试用，{reach}', '三天实操营，带你跑通流水线变现，仅剩{d}位，{reach}', '限时公开课，0元学{d}天，占位{reach}', '出租独栋办公、公寓，佣金现结，带客户来都有奖，{reach}', '投资商铺，租金覆盖月供，{reach}', '代理{city}总代，政策扶持，{reach}',
  // chains, poaching and followers, told among neighbours
  '我在做的这个平台，拉一个人给{n}，下面还有二级，想一起的扫海报', '推荐一个人进来奖励{n}，团队还有提成，{reach}', '听一堂课改变一生，跟着团队月入{money}，{time}酒店签到', '加入我们团队，不用本钱，月入五万不是梦，{reach}', '{name}群同样的{thing}才{d}9.9，便宜还送货，我拉你进那个群', '我们那个群{thing}更便宜，要进的我拉', '附近新开超市，进群领{thing}{d}斤，扫码即领', '发展下线，{d}级分佣，自动到账，{reach}',
  '不用学炒股，跟着老师买卖点就行，今天又吃{d}个涨停，想跟的留言', '盘前出票，昨天三只涨停，跟上的{reach}', '矿机托管，日产收益稳定，静态回报{d}5%，{reach}', '空投撸毛，一天{d}0U零成本，{reach}', '红包扫雷，五十包起，机器人上下分，{reach}', '一肖一码，准到怀疑人生，看资料 {id}.{tld}', '捕鱼赢话费，新号送{d}8，点 {id}.{tld}', '法拍房捡漏，低于市场价三成，客户经理{phone}', '海景房首付{d}万起，免费接机看房，{reach}', '糖尿病不用打针了，祖传秘方停药，患者反馈多，{reach}', '灵芝孢子粉提高免疫力，员工价最后{d}盒，{reach}', '治腰腿疼的鞋垫，买一送一，老人体验送鸡蛋，{reach}', '收闲置微信号，月租{n}，只发朋友圈，{reach}', '收银行卡电话卡，现金结，{reach}', '代接验证码，一条{d}块，{reach}', '退休补缴社保一次办好，{reach}', '代考包过，人不用到，{reach}', '相亲群，单身的进，男女1比1，{reach}', '品牌尾货一折起，进群长按识别', '莆田鞋支持鉴定，一双也批，{reach}', '走私机验货付款，{brand}只要{n}，{reach}',
  // those who pretend to be somebody
  '您的ETC已过期，请点击 http://{id}.{tld}/{n} 重新认证，否则停用', '【医保局】您的医保电子凭证异常，请登录 {id}.{tld} 办理', '【银行】您的账户将被冻结，请点 {id}.{tld} 核验身份', '您的积分即将清零，点击 {id}.{tld} 兑换礼品', '妈，我手机丢了，这是新号，老师要交补习费{n}，先转这张卡', '我是你{kin}，换号了，急用{n}，先转给我，明天还', '我是群主小号，大号被封了，先加这个 {id}', '老师催资料费，每人{n}元，扫码交到这里', '您的快递丢失，理赔客服微信 {id}，三倍赔付', '您有一笔退款未领取，加客服 {id} 办理',
  // cards and chats that are shown
  '【限时福利】好友邀请你领取{n}元现金红包，点击立即提现', '我已提现{n}元，快来和我一起做任务吧', '0元领{stuff}，帮我砍一刀就差一点点', '拼手气抢{brand}，新用户1元购', '名师直播课：{d}天让孩子爱上{subject}，0元报名', '恭喜你获得{n}元补贴，立即领取', '今天带单又赚了{n}，跟单加老师 {id}', '返利已到账{n}元，谢谢老师，还想再做一单', '点击领取：{brand}内购资格，仅剩{d}份',
  // other languages and alphabets
  'Заработок от {n} рублей в день, пиши в телеграм @{id}', 'Работа на дому, оплата каждый день, пишите @{id}', 'Earn ${n} a day from home, no experience, WhatsApp {phone}', 'Part time job, {n} per day, contact Telegram @{id}', 'Crypto signals, 90% win rate, join https://t.me/{id}', 'Online casino, free bonus {n}, sign up {id}.{tld}', 'Cheap loans without papers, message me on Telegram {id}', 'Kiếm tiền online mỗi ngày {n}k, liên hệ Zalo {phone}', 'We buy accounts, good price, dm @{id}', 'Replica watches and bags, factory price, {id}.{tld}', 'Invest {n} get double in 24 hours, ask me how',
] // prettier-ignore

/** The same lines on every run. */
export function todaysAds(): Example[] {
  const fill = filler({ ...talkParts, ...errandParts, ...parts, ...adParts, ...moreParts }, 5)
  const texts = new Set([...templates, ...more].flatMap((template) => Array.from({ length: 8 }, () => fill(template))))
  return [...texts].map((text) => ({ text, ad: true, source: 'made up', category: 'made up' }))
}
