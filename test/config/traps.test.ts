// Mistakes of operators in YAML: each is told once, at its line, with its cause and its cure; legal YAML that nobody means is warned of.
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { readYaml } from '../../src/config/yaml.ts'
import { features } from '../../src/features/index.ts'
import { withFolder } from './samples.ts'

describe('what cannot be read', () => {
  it.each([
    ['answer: {{店长}}在\nb: 1\n', '1:9', "内容以 {{ 开头，要整个加上引号：'{{店长}}在'"],
    ['answer: {{店长}}\n', '1:9', "'{{店长}}'"],
    ['limits:\n  perDay：4\n  b: 2\n', '2:9', '用了中文冒号「：」。请改成英文冒号加一个空格：perDay: 4'],
    ['limits:\n  a: 1\n  perDay：4\n', '3:9', 'perDay: 4'],
    ['perDay：4\nb: 1\n', '1:7', 'perDay: 4'],
    ['id: a\ncontent: - 每天\nat: x\n', '2:10', "内容以减号开头，要整个加上引号：'- 每天'；如果是列表，请另起一行写"],
    ['content: *每天*\nb: 1\n', '1:10', "'*每天*'"],
    ['content:\n  - *每天*\n', '2:5', "'*每天*'"],
    ['content: [玫瑰]每天\nb: 1\n', '1:10', "内容以方括号开头，要整个加上引号：'[玫瑰]每天'"],
    ['content: {玫瑰}每天\nb: 1\n', '1:10', "内容以大括号开头，要整个加上引号：'{玫瑰}每天'"],
    ['at: */30 8-9 * * *\nb: 1\n', '1:5', "内容以 * 开头，要整个加上引号：'*/30 8-9 * * *'"],
    ['at:\n  - * 8 * * *\n', '2:5', "'* 8 * * *'"],
    ['answer: @小李\n', '1:9', "'@小李'"],
    ['answer: %10\n', '1:9', "'%10'"],
    ['answer: !好\n', '1:9', "'!好'"],
    ['answer: `x`\n', '1:9', "'`x`'"],
    ['answer: |你好\n  x\n', '1:9', "'|你好'"],
    ['answer: >10元送\nb: 1\n', '1:9', "'>10元送'"],
    ['answer: ? 什么\nb: 1\n', '1:9', "'? 什么'"],
    ['answer: #1 窗口\nb: 1\n', '1:9', "内容以 # 开头，被当成了说明，这里就空了。请加引号：'#1 窗口'"],
    ['answer: 地址: 南门\nb: 1\n', '1:9', "内容里带冒号，就整个加上引号：'地址: 南门'"],
    ['answer: "好的"就这样\nb: 1\n', '1:13', `引号要把整个内容包住：'"好的"就这样'`],
    ["answer: '好的'就这样\nb: 1\n", '1:13', `"'好的'就这样"`],
    ["a: '没收尾\nb: 1\n", '1:4', '有一个引号没有配对'],
    ['tags: [甲, 乙\nb: 1\n', '1:7', '这里的 [ 没有收尾，末尾要有 ]'],
    ['at: { event: 甲, time: "1"\nb: 1\n', '1:5', '这里的 { 没有收尾，末尾要有 }'],
    ['tags: [甲，乙]\n', '1:8', '方括号里要用英文逗号隔开：[甲, 乙]'],
    ['- id: a\n  question: b\n   answer: c\n', '3:4', '这一行开头有 3 个空格，要和第 1 行对齐，应该是 2 个：删掉 1 个'],
    ['a: 1\n b: 2\n', '2:2', '开头有 1 个空格，要和第 1 行对齐，应该是 0 个：删掉 1 个'],
    ['e:\n  - id: a\n   q: b\n    x: c\n', '3:4', '开头有 3 个空格，要和第 2 行对齐，应该是 4 个：补上 1 个'],
    ['e:\n  - id: a\n    q: 1\n   - id: b\n', '4:4', '开头有 3 个空格，要和第 2 行对齐，应该是 2 个：删掉 1 个'],
    ['e:\n  - id: a\n    q: 1\n - id: b\n', '4:2', '开头有 1 个空格，要和第 2 行对齐，应该是 2 个：补上 1 个'],
    ['  a: 1\nb: 2\n', '2:1', '开头有 0 个空格，要和第 1 行对齐，应该是 2 个：补上 2 个'],
    ['e:\n  -id: a\n   x: 1\n', '2:3', '减号后面要有一个空格：- id: a'],
    ['e:\n  － id: a\n    x: 1\n', '2:3', '列表要用英文减号加一个空格开头：- id: a'],
    ['a:\n\tb: 1\n', '2:1', '行首用了 Tab 键'],
    ['a: 1\na: 2\n', '2:1', '「a」在同一层写了两次'],
    ['a: “好”\n', '1:4', "这里的引号是中文引号，请改成英文引号：'好'"],
    ['a: 1\n---\nb: 1\n', '2:1', '「---」把文件分成了两半'],
    ['code: 0123\n', '1:7', "编码请加引号：'0123'"],
    ['a: "x\\d"\n', '1:6', '双引号里的反斜杠'],
  ])('%j', (text, place, expected) => {
    const { problems, warnings } = readYaml('f', text, 'zh')
    expect(problems.map(({ line, column, text: said }) => `${line}:${column} ${said}`)).toEqual([
      expect.stringContaining(expected),
    ])
    expect(`${problems[0]?.line}:${problems[0]?.column}`).toBe(place)
    expect(warnings).toEqual([])
    expect(readYaml('f', text, 'en').problems).toHaveLength(1)
  })
})

describe('what can be read and nobody means', () => {
  it.each([
    ['answer: 请打 #1 窗口电话\n', '1:12', "'请打 #1 窗口电话'；真是说明就在 # 后面加个空格"],
    ['answer:\n  - 看 #公告\n', '2:7', '「公告」被当成说明去掉了，内容只剩「看」'],
    [
      'answer: 第一行\n  第二行\nb: 1\n',
      '1:9',
      '这几行会连成一行，换行变成空格：「第一行 第二行」。要分行，就在冒号后面写 |-',
    ],
    ['answer: >-\n  第一行\n  第二行\n', '1:9', '这几行会连成一行'],
    ['answer: "第一行\n  第二行"\n', '1:9', '这几行会连成一行'],
    ["answer: '一\\n二'\n", '1:9', '这里的 \\n 会原样发出来，不会换行。请用双引号："一\\n二"'],
    ['answer: 一\\n二\n', '1:9', '请用双引号："一\\n二"'],
    ['answer: 你好 {group}\n', '1:9', '「{group}」会原样发出来。变量要写成两个半角大括号：{{group}}'],
    ['answer: 你好｛｛group｝｝\n', '1:9', '{{group}}'],
    ["answer: '{{group}'\n", '1:9', '{{group}}'],
    ['answer: 大家好 @所有人 快来\n', '1:9', '不会提醒任何人'],
  ])('%j', (text, place, expected) => {
    const { problems, warnings } = readYaml('f', text, 'zh')
    expect(problems).toEqual([])
    expect(warnings.map(({ text: said }) => said)).toEqual([expect.stringContaining(expected)])
    expect(`${warnings[0]?.line}:${warnings[0]?.column}`).toBe(place)
  })

  it.each([
    'points: 5 # 每天\n',
    'points: 5 #每天\n',
    'name: 福利群 # 主群\n',
    "at: '0 8 * * *' #每天\n",
    'answer: |-\n  第一行\n  第二行 #1\n',
    'answer: "第一行\\n第二行"\n',
    "answer: '{{group}} {{name}}'\n",
    "patterns: ['a{2}', '\\n', '{x}']\n",
    'picture: files\\new.jpg\n',
    'answer: >-\n  one line\n  and more of it\n',
    'answer: 邮箱 a@all.com\n',
  ])('and leaves alone what is meant: %j', (text) => {
    expect(readYaml('f', text, 'zh').warnings).toEqual([])
  })
})

describe('one mistake, one message', () => {
  const base = {
    'bot.yaml': 'botName: 小鲜\n',
    'groups.yaml': 'groups:\n  - name: 鲜邻1群\n    tags: [福利群]\n',
    'faq.yaml': [
      'variables: { 店长: 小李 }',
      'entries:',
      ...Array.from(
        { length: 8 },
        (_, i) => `  - id: 第${i}\n    question: 第${i}栋在哪里\n    answer: 找{{店长}} ${i}\n    groups: [福利群]`,
      ),
      '',
    ].join('\n'),
    'coupons.yaml': 'kinds:\n  十元券:\n    value: 10 元\n    valid: { days: 7 }\n',
    'shop.yaml': 'items:\n  - { coupon: 十元券, points: 10 }\n',
  }
  const told = (files: Record<string, string>) =>
    withFolder({ ...base, ...files }, (folder) => {
      const loaded = loadConfig(folder, features, Date.parse('2026-11-21'))
      const problems = loaded.ok ? loaded.warnings : loaded.problems
      return problems.map(({ file, line, text }) => `${file}:${line} ${text}`)
    })

  it('a list of tags that is none', () => {
    expect(told({ 'groups.yaml': base['groups.yaml'].replace('[福利群]', '福利群') })).toEqual([
      expect.stringMatching(/^config\/groups.yaml:3 「tags」应该是一个列表.*请写成：\[福利群\]/),
    ])
  })

  it('a variable that was renamed, with the other lines where it stands', () => {
    expect(told({ 'faq.yaml': base['faq.yaml'].replace('店长:', '掌柜:') })).toEqual([
      expect.stringMatching(/^config\/faq.yaml:5 没有变量 \{\{店长\}\}.*（第 9、13、17、21、25 行等共 7 处也是）$/),
    ])
  })

  it('a tag that was renamed, with the name that was meant', () => {
    expect(told({ 'groups.yaml': base['groups.yaml'].replace('[福利群]', '[福利裙]') })).toEqual([
      expect.stringMatching(/没有群或标签叫「福利群」，是不是想写「福利裙」？（第/),
    ])
  })

  it('a broken file that others name things of', () => {
    expect(told({ 'coupons.yaml': 'kinds:\n  十元券：10\n' })).toHaveLength(1)
  })

  it('files that are called almost as they must be', () => {
    expect(told({ 'faq.yaml.txt': 'a: 1\n' })).toEqual([
      'config/faq.yaml.txt:1 机器人不读这个文件，只读 config/faq.yaml。要用它，就把内容放进 config/faq.yaml；不用就删掉。',
    ])
    expect(told({ 'sop.yaml.txt': 'posts: []\n' })).toEqual([
      expect.stringMatching(
        /^config\/sop.yaml.txt:1 机器人不读这个文件，是不是应该叫 config\/sop.yaml？（.*文件扩展名/,
      ),
    ])
    expect(told({ 'sop.yml': 'posts: []\n' })[0]).toContain('是不是应该叫 config/sop.yaml？')
    expect(told({ 'faq - 副本.yaml': 'a: 1\n' })[0]).toContain('只读 config/faq.yaml')
  })
})
