// A chat for the tests of the answer library, and what a shop would put into it.
import { admin } from '../../../src/features/admin/admin.ts'
import { faq } from '../../../src/features/faq/faq.ts'
import { Chat, type ChatOptions } from '../../support/chat.ts'

const entries = [
  {
    id: '营业时间',
    question: '你们几点开门？',
    also: ['营业时间是几点到几点'],
    answer: '每天{{时间}}，{{group}}的邻居随时来。',
  },
  { id: '地址', question: '店在哪里？', keywords: ['地址'], answer: '小区南门。' },
  { id: '菜单', question: '今天有什么菜', answer: ['今天的菜单：', { picture: 'menu.jpg' }, { file: 'menu.pdf' }] },
  { id: '发票', question: '可以开发票吗', all: ['发票'], any: ['开', '要'], none: ['报销'], answer: '可以。' },
  { id: '坏果', question: '水果坏了怎么赔', patterns: ['草莓.{0,3}坏'], answer: '坏几个赔几个。' },
  { id: '佣金', question: '佣金几号结算', groups: ['团长群'], answer: '每月 5 日。' },
  { id: '中秋', question: '中秋营业吗', from: '2026-11-22', until: '2026-11-23', answer: '休息两天。' },
  { id: '你好', question: '你好', onlyAsked: true, answer: '在的。' },
]

export function faqChat(
  config: Record<string, unknown> = {},
  { config: more = {}, ...options }: ChatOptions = {},
): Chat {
  return new Chat({
    features: [admin, faq],
    groups: ['福利群', '团长群'],
    files: { 'menu.jpg': 'x', 'menu.pdf': 'x' },
    config: {
      ...more,
      faq: { entries, variables: { 时间: '早 8 点到晚 9 点' }, staff: '店长小李', ...config },
    },
    ...options,
  })
}

/** The bot is asked. */
export const asked = { addressed: true }
