// What the ad filter is compared with: a keyword list as public bots ship it, and naive Bayes over characters.
import { canonical } from '../../src/core/lib/text.ts'
import type { Example } from '../ads/data.ts'

/** Typical words, patterns of links and numbers; written for this comparison. */
const keywords = [
  '加微信', '加我微信', '微信号', '加v', 'vx', '私聊我', '兼职', '刷单', '日结', '日入', '招代理', '贷款', '套现', '博彩', '彩票',
  '棋牌', '赌场', '约炮', '裸聊', '上门服务', '代开发票', '办证', '免费领取', '优惠券', '红包群', '推广', '引流', '扫码', '返利', '稳赚',
  '返现', '加群', '一手货源', '低价出', '代刷', '涨停', '荐股', '内幕', '信用卡', '退订',
] // prettier-ignore
const pattern = /https?:\/\/|t\.me\/|www\.|1[3-9]\d{9}|(?:qq|微信|vx?)[:： ]?[a-z0-9_-]{5,}|@[a-z]\w{4,}/i

/** 1 when a keyword occurs, else 0. */
export function keywordScore(text: string): number {
  const lower = text.toLowerCase()
  return keywords.some((word) => lower.includes(word)) ? 1 : 0
}

/** 1 when a keyword, link or number occurs, else 0. */
export function keywordAndPatternScore(text: string): number {
  return keywordScore(text) === 1 || pattern.test(text) ? 1 : 0
}

/** Multinomial naive Bayes over single characters with add-one smoothing; returns the logit. */
export function naiveBayes(examples: readonly Example[]): (text: string) => number {
  const counts = [new Map<string, number>(), new Map<string, number>()] as const
  const totals = [0, 0]
  const texts = [0, 0]
  for (const { text, ad } of examples) {
    const side = ad ? 1 : 0
    texts[side] = (texts[side] ?? 0) + 1
    for (const char of canonical(text)) {
      counts[side].set(char, (counts[side].get(char) ?? 0) + 1)
      totals[side] = (totals[side] ?? 0) + 1
    }
  }
  const size = new Set([...counts[0].keys(), ...counts[1].keys()]).size
  const rest = Math.log(((totals[0] ?? 0) + size) / ((totals[1] ?? 0) + size))
  const prior = Math.log((texts[1] ?? 1) / (texts[0] ?? 1))
  return (text) =>
    [...canonical(text)].reduce(
      (sum, char) => sum + Math.log(((counts[1].get(char) ?? 0) + 1) / ((counts[0].get(char) ?? 0) + 1)) + rest,
      prior,
    )
}
