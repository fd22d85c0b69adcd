// What neighbours ask, offer and arrange with a contact or a price beside it, also in Cantonese and English, made up from templates: beside
// a contact the labelled chats know advertisements only.
import type { Parts } from './made-up.ts'

export const errandParts: Parts = {
  pinyin: 'ajun xiaoli meimei lisa tongtong nana cathy wang chen duoduo kevin zhang mimi sunny laowu yoga piano'.split(
    ' ',
  ),
  own: '{pinyin}_{n}|{pinyin}{d}{d}{d}|{pinyin}_{pinyin}|{pinyin}-{n}|{id}'.split('|'),
  ct: '电话{phone}|我电话{phone}|打我{phone}|手机{phone}微信同号|微信{own}|微信我 {own}|微信：{own}|加我微信 {own}|加我v {own}|加我v：{own}|+v {own}|v {own}|vx {own}|wx：{own}|联系{name} {phone}|联系{name}，微信 {own}|座机0755-8{n}|电话 9{n}{d}|私我|私聊|要的跟我说|在群里说一声就行|直接来{d}栋{d}0{d}|有事打{phone}|qq {n}{n}'.split(
    '|',
  ),
  ask: '，要的邻居{ct}|，看上的{ct}|，想要的{ct}|，有兴趣的{ct}|，有需要的{ct}|，可以{ct}|，{ct}|。{ct}|，谁要{ct}|，感兴趣{ct}|，来的{ct}|，要的私聊我，先到先得|，先到先得{ct}|，手慢无|，名额不多，{ct}|，有意者{ct}|，想了解的{ct}|，先来先得，{d}栋自取|，可以先看|，非诚勿扰|，熟人优先'.split(
    '|',
  ),
  sport: '羽毛球 篮球 乒乓球 网球 飞盘 跑步 骑行 爬山 游泳 足球 瑜伽 广场舞 太极 桌游'.split(' '),
  skill: '电工 木工 护士 裁缝 修车师傅 兽医 理发师 会计 律师 中医 英语老师 程序员 厨师 保洁'.split(' '),
  card: '健身卡 私教课 游泳卡 瑜伽课 舞蹈课 早教课 理发卡 洗车卡 美容卡 驾校名额 培训班课时'.split(' '),
  toPlace: '惠州 老家 科技园 高铁站 机场 市中心 火车站 医院 广州 大学城'.split(' '),
  yue: '冇 有冇 仲有 边个有 边度有得买 唔知有冇'.split(' '),
}

export const errands = [
  // rides
  '顺风车：{time}{toPlace}，还有{d}个座，{price}一位{ask}', '{time}开车去{toPlace}，空{d}个位，AA油费{ask}', '找车：{time}去{toPlace}，{d}个人{ask}', '人找车，{time}回{toPlace}，高速费我出{ask}', '长期拼车，早上7:{d}0出发去{toPlace}，油费{price}一个月{ask}', '有没有{time}从{toPlace}回来的，想搭个车{ask}', '接送孩子拼车，{street}到{toPlace}，一趟{d}0块{ask}',
  // second-hand with details
  '转{card}，还剩{d}次，原价{n}，现在{price}转，地点{street}{ask}', '转让{card}，搬家了用不上，{price}{ask}', '{card}还有{d}个月，单位调走了，折价转{ask}', '出{stuff}，用了{d}年，{price}，自己来拆{ask}', '出{stuff}一台，{d}成新，买来{n}现在{price}，急出{ask}', '闲置一堆：{stuff}{d}0、{stuff}{d}0、{stuff}{d}00，打包{n}{ask}', '{stuff}几乎全新，{n}买的，{price}出，{d}栋{d}0{d}看货{ask}', '收{stuff}，能用就行，价格好说{ask}', '高价求一张{time}的票，{child}特别想去{ask}', '求购{d}年级上册旧课本一套{ask}', '求转让{time}的{sport}场地{ask}', '有人要退的{card}吗，转给我{ask}',
  // one's own work, goods from home, shops of neighbours
  '我家自己做的{dish}，{d}8一斤{ask}', '老家的{thing}熟了，没打药，10斤{d}5，{time}带回来{ask}', '我妈腌的{dish}，年年邻居都来要，{d}0一瓶{ask}', '我在{street}开了个小面馆，{time}开张，邻居来打八折，多提意见', '朋友在{street}开的花店，邻居报楼号打九折', '{kin}是{skill}，谁家有事可以找他，邻居不收上门费{ask}', '我是{skill}，退休在家，邻居有事可以问我，不收钱{ask}', '给大家推荐个{helper}，做我家{d}年了，手脚干净，{d}0一小时{ask}', '这个{helper}真不错，{d}0一小时{ask}', '上次帮我搬家的师傅，{n}全包，{ct}', '会{sport}的邻居能教教{child}吗，付学费{ask}', '{child}的{subject}老师还有两个名额，一节{n}{ask}', '大学生家教，{subject}，一小时{d}0，住{d}栋{ask}', '帮忙遛狗喂猫，一次{d}0，放假不在家的{ask}',
  // rooms and parking
  '{kin}的车位出租，地库{L}{d}-{n}，{d}50一个月，半年起租{ask}', '次卧空着想找个女生合租，离地铁{d}分钟，{n}包水电{ask}', '想在小区租个两房，预算{n}，不养宠物{ask}', '自家房子出租，{d}楼三室，月租{n}，拎包入住，不是中介{ask}', '房子到期了想换个大点的，有房东{ask}', '找人转租到{d}月底，押金可谈{ask}',
  // jobs among neighbours
  '我们公司招前台，双休五险一金，月薪{n}，在{toPlace}，有朋友找工作把简历发我 {pinyin}@abc-{id}.cn', '单位招{skill}，双休，{n}一个月，有合适的推荐一下{ask}', '物业招保安两名，包吃住，{n}一个月，55岁以下，有意到服务中心找{name}', '店里招{helper}一位，{n}一个月，就在{street}{ask}', '{kin}刚毕业学会计，哪家招人帮忙留意', '{kin}想找份工作，干过{trade}，谁家单位缺人{ask}', '暑假想找个兼职，会钢琴，英语六级{ask}',
  // gatherings
  '{time}{sport}缺{d}个人，场地费AA {d}0，来的扣1', '{time}{sport}，水平不限{ask}', '我们{sport}群每周三活动，想加入{ask}', '{time}{child}生日，欢迎小朋友们来玩，{d}栋{d}0{d}，来的家长{ct}', '我们要办婚礼啦，{time}在{street}酒店，请各位邻居务必赏光', '{time}社区活动室插花，老师免费教，材料费{d}0自理，想来的接龙', '{time}在{place}包饺子，自带擀面杖，想来的报名', '读书会{time}在会所，这次读《{dish}》，新朋友{ct}', '三缺一，{time}打麻将，来的吱一声', '{time}露营，还能带两家，费用AA{ask}', '#接龙 {sport}，场地费AA\n1. {name}\n2. {name}+1\n3. {name} 微信{own}', '接龙报名{time}大扫除：\n1. {name}（抹布）\n2. {name}（拖把）\n3. {name}奶奶（水桶）\n有事找{name}{phone}', '#接龙 {thing} 一盒{d}5 {d}盒起送\n1. {d}-{d}01 {d}盒 已付\n2. {d}-{d}02 {d}盒 未付\n3. {name} 电话{phone}',
  // volunteers, notices, lost things with a telephone
  '献血车{time}在{street}，带身份证，志愿者联系{name}{phone}', '给山区孩子捐冬衣，洗干净放{d}栋大堂{ask}', '社区招{d}名志愿者，{time}值班，有水和马甲{ask}', '家里有多的退烧药，有需要的邻居来拿，不要钱{ask}', '物业费请{time}前缴纳，可微信小程序缴，也可到服务中心，疑问电话0755-2{n}', '充电桩调价公示：每度0.{d}元，服务费0.{d}元，监督电话12345', '业委会投票开始了，扫公告栏的码或到会所投纸质票，{time}截止', '{place}捡到{lost}一个，{ct}', '丢了{lost}，找到的{ct}，酬谢{n}', '人大代表{time}接待居民，电话8{n}{d}', '加一下楼长微信，{own}，拉你进楼栋群', '物业管家微信 {own}，漏水停电找他', '新邻居加我v {own}，我发你门禁码', '{name}老师微信没通过，哪位推一下名片', '师傅名片推你了，修得不错，{ct}', '【丰巢】您的包裹已放入{street}丰巢柜，取件码{n}{n}，24小时免费保管，电话4000{n}', '单号YT{n}{n}的件放错了，在我这{ask}', '打我电话没接就放门口，{phone}', '快递小哥换号了，寄件直接打{phone}', '付款了，订单尾号{n}，备注{d}栋，麻烦核对', '加你微信没通过，订的蛋糕{time}要，{ct}', '昨天的{thing}坏了{d}个，照片发你，退微信就行',
  // dots on the day
  '{emoji}{emoji}出门带伞，路滑慢点开', '{emoji}{thing}到店啦，{d}.{d}一斤，门口自己挑～', '{emoji}祝{name}生日快乐{emoji}{emoji}红包走起', '{kin}做{trade}的，嗓子都哑了，钱真不好赚', '{kin}做直播，一天播八小时，也没几个人看', '新开的{dish}店，人均{d}8，团购券划算，就是排队久', '避雷：门口那家洗衣店把我大衣洗坏了，{n}块打水漂', '理发店男士{d}8，办卡七折，会一直推销',
  // Cantonese
  '请问边度有得{dish}食呀', '{yue}{stuff}，得闲嚟攞', '今晚一齐食饭啦，{time}，老地方，我订咗枱，电话{phone}搵我', '今晚饮茶，{time}，我订咗位，电话9{n}{d}揾我', '个仔嘅{stuff}细咗，有冇邻居要，唔使钱', '呢度停车费加到{n}蚊一个月，癫咗咩', '有冇人一齐去{toPlace}，我揸车，{time}走', '啲{thing}好靓，{d}蚊一斤，我买咗{d}斤', '边个识得修水喉，俾个电话我', '我返咗屋企，听日先得闲', '佢话听日送到，唔使等', '小朋友发烧{d}日，睇边个医生好', '多谢晒，执到咗条锁匙，系我嘅', '转让{card}，{price}，有意揾我 {phone}', '停水到几点呀，冲唔到凉', '借部梯一用，{d}座{d}楼，唔该', '搵到只猫未呀', '今日个天好热，记得饮水', '补习老师有冇介绍，一堂{n}蚊', '落雨喇，记得收衫',
  // English
  "Selling my kid's bike, barely used, {n} RMB, pick up at building {d}. WeChat: {own}", 'Free to a good home: two kittens, litter trained. DM me if interested', 'Looking for a flatmate, {n} a month, bills included, WeChat {own}', 'Potluck on {d}pm at the clubhouse, bring a dish, RSVP by Thursday', 'Anyone up for {sport} on Sunday? Text me {phone}', 'Does anyone know a good plumber? Call me at {phone}', 'Moving out sale: sofa {n}, table {n}, DM me', 'Babysitter wanted, Friday nights, {n} per hour, message me', 'Lost my keys near building {d}, please call {phone}', 'yoga class 名额有人退吗，{d}pm 那节，+v {own}', 'ppt 谁有 backup，发我邮箱 {pinyin}@example.com', '打卡 Day{d} {sport} {d}km，新来的扫群主码进群',
  // what was bought, seen and asked at shops and offices
  '新开的{dish}店扫码关注送一份{thing}，亲测有效', '{street}那家店开业，进群领了{d}块券，真能用', '超市关注公众号送{thing}，我领到了，大家可以去', '{dish}店会员日半价，排队的人好多', '能开发票吗，单位要报销，抬头发您', '发票抬头发你私信了，麻烦开一下', '开电子发票发我邮箱就行', '税号给你了，团购的也能开发票吗', '个税汇算要补{n}，是不是填错了', '二手房过户中介费{d}个点贵不贵', '想给{kin}买份意外险，大家买的哪家，别推销', '代缴社保合法吗，有人懂吗', '{kin}炒股亏了{n}，不敢说', '男朋友要带我炒币，我拒绝了', '听讲座送鸡蛋的千万别去，{kin}买了{n}的床垫', '{kin}跟团旅游被带去买玉，能退吗', '每天走一万步能领钱，真的假的', '收{thing}空瓶的又在楼下喊了', '彩票店说有人中了二等奖', '办了张信用卡，首刷送{stuff}', '公司发的购物卡，面值{n}，{price}转，可当面验{ask}', '两张游乐园门票，公司发的，转{ask}', '{stuff}买多了，原价出{ask}', '{child}班上团绘本，{d}9一套，要的家长明天前转我，微信 {own}', '每人退{d}块，加我微信领 {own}，或等我发红包', '我做烘焙，生日蛋糕可以定，邻居自提送蜡烛，款式看我朋友圈', '自家果园的{thing}开摘了，{d}斤{d}9，物业门口自提{ask}', '急招临时看店一天，{time}，在{street}便利店，{d}50，学生也行，找老板娘{phone}', '公司年会缺个主持人，给{n}，会的邻居举手', '手工班还差{d}个人开班，一节{d}0，报名找{d}栋{name}', '谁家{child}要补{subject}，大学生，{d}80一次{ask}', '装修队有认识的吗，厨房翻新，预算{d}万{ask}', '修自行车的王叔在车棚，补胎{d}块，{phone}', '{stuff}白送，要的私聊我', '地下室出租放杂物，{d}00一月{ask}', '有学区的群吗，拉我一下{ask}',
] // prettier-ignore
