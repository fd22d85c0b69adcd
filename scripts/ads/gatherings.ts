// Get-togethers, collected money, animals and things given away by people who name no contact, made up from templates: what is asked of the
// others (找我, 私聊) is what advertisers ask as well, and everything else is not.
import type { Parts } from './made-up.ts'

export const gatheringParts: Parts = {
  find: '找我 私聊我 私我 联系我 喊我 滴滴我 私信我 说一声 找{name} 加我 叫我拉 私我拉你 找我报名 找我拉 群里说 私聊我报名'.split(
    ' ',
  ),
  party:
    '同学聚会 烧烤 聚餐 团建 露营 爬山 徒步 骑行 毕业旅行 亲子游 农家乐 火锅局 生日会 年会 桌游局 钓鱼 包饺子 看电影 唱歌 读书会 合唱团 广场舞 剧本杀 采摘'.split(
      ' ',
    ),
  fee: 'AA，AA 制，AA一人{d}0，AA 人均{d}00，一人{n}多退少补，费用{d}0自理，人均{d}0左右，每家{n}，门票自理，油费平摊，不收钱'.split(
    '，',
  ),
  built: '已建群，群建好了，建了个群，群已建，拉了群，有群了，报名群在这'.split('，'),
  not: '没进的，没进群的，还没进的，没加的，要来的，想来的，来不了的，没交的，没报名的，带家属的'.split('，'),
  animal:
    '小奶猫 小猫 橘猫 三花 狸花猫 小土狗 小狗 金毛 泰迪 仓鼠 兔子 鹦鹉 乌龟 金鱼 蚕宝宝 荷兰猪 流浪猫 流浪狗'.split(
      ' ',
    ),
  tame: '会用猫砂 已驱虫 打过疫苗 健康活泼 很亲人 不挑食 刚断奶 两个月大 能吃能睡 已绝育 眼睛有点发炎'.split(' '),
  gift: '多肉 绿萝 吊兰 月季苗 葱苗 薄荷 花盆 鱼苗 酵母 老面 红薯 青菜 柚子 玉米 纸箱 旧衣服 旧书 奶瓶 学步车 行李箱 打印纸'.split(
    ' ',
  ),
  cause: '班费 演出服 校服 订奶 春游 秋游 保险 资料费 公共维修 电梯维修 清洁费 份子钱 生日蛋糕 教师节鲜花'.split(' '),
}

export const gatherings = [
  '{time}{party}，{fee}，{built}，{not}{find}', '{party}定了，{time}{place}集合，{fee}，{not}{find}', '{time}{party}还缺{d}个人，{fee}，{not}{find}', '{party}{built}，{not}{find}', '本周{party}，{fee}，{not}{find}', '周末{party}名单在这，{fee}，{not}{find}',
  '{party}改到{time}了，{fee}，{built}', '{time}{party}，{fee}，报名截止{time}，{not}{find}', '老{party}的规矩，{fee}，人齐就走，{not}{find}', '组织一次{party}，{fee}，孩子免费，{not}{find}', '{time}一起{party}吧，{fee}', '{party}的钱一人{n}，转{name}，{built}', '我们几个想{party}，{fee}，还能加{d}个，{find}',
  '我家{animal}生了{d}只，{tame}，{tame}，免费送，要领养的{find}', '{animal}找领养，{tame}，{tame}，想养的{find}', '捡到一只{animal}，{tame}，谁家想收养{find}', '{animal}免费送，带笼子，要的{find}', '搬家了，{animal}养不了，{tame}，找个好人家，不要钱，{find}', '{animal}生了一窝，小朋友想养的{find}', '有人想养{animal}吗，{tame}，免费领养', '谁家丢了{animal}，在{place}，{find}',
  '{gift}太多了，送邻居，要的{find}', '分了好多{gift}，免费送，想要的{find}', '谁家需要{gift}，免费送，{find}', '家里{gift}吃不完，要的来拿，{find}', '{gift}放{place}了，自取，不要钱', '{gift}送人，{place}自取，{find}', '求几个{gift}，谁家有多的{find}', '用{gift}换{gift}，有换的{find}', '收旧{gift}给山区孩子，要捐的{find}',
  '{cause}一人{n}，没交的{find}', '{cause}还差{d}家，没交的{find}', '{cause}收齐了，多的{d}0退大家', '统计一下{cause}，要的{find}', '{cause}一套{d}0，不要的{find}', '建了个{cause}的群，{not}{find}', '业主群满了，新群{built}，{not}{find}', '楼栋群{built}，{not}{find}', '妈妈群{built}，想进的{find}', '{sport}群{built}，想来打球的{find}',
  '签 到', '抽 奖', '骰 子', '积 分', '报 名', '打 卡', '菜 单', '我 的 券', '收 到', '好 的', '谢 谢', '接 龙', '举 报', '申 诉', '排 行 榜', '{word} {word}', '签到 ！', '签到~', ' 签到', '签到。', '我 要 报 名', '我 也 去', '在 吗',
] // prettier-ignore
