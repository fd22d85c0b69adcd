// The playground's page in the browser: shows what the server tells and asks it for what is clicked and typed.
// All that people wrote goes in by textContent, so that no name and no message can be markup.

const $ = (selector, within = document) => within.querySelector(selector)
const body = document.body
const log = $('#log')
const field = $('#text')
const who = $('#who')

/** What the server told: state, entries by conversation, and how far the playground's clock is ahead of this machine's. */
let state
const entries = new Map()
let ahead = 0
/** What this page adds: the open conversation, what is unread, who speaks where, what is quoted, which news it knows. */
let open
let quote
const unread = new Map()
const speakers = new Map()
let phase
let seenNotice = 0
let isCaughtUp = false
const isWide = matchMedia('(min-width: 44.01rem)')

/** An element with its properties and children; `data` and `class` as HTML has them. */
function make(name, { data = {}, class: classes = '', ...properties } = {}, ...children) {
  const element = document.createElement(name)
  Object.assign(element, properties, { className: classes })
  Object.assign(element.dataset, data)
  element.append(...children)
  return element
}

function avatar(id, name) {
  const [first = '?'] = name.replace(/^[^\p{L}\p{N}]+/u, '') || name
  const face = make('span', { class: 'avatar', ariaHidden: 'true' }, first)
  const sum = [...id].reduce((hash, char) => (hash * 31 + char.codePointAt(0)) % 65_521, 7)
  face.style.setProperty('--hue', id === state.bot ? 148 : (sum * 222.5) % 360)
  return face
}

const filled = (text, name) => text.replace('{who}', () => name)
const chatOf = (id) => state.chats.find((chat) => chat.id === id)
const time = (at, form) => new Intl.DateTimeFormat(state.language, { timeZone: state.timezone, ...form }).format(at)
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const day = { month: 'numeric', day: 'numeric', weekday: 'short' }
const sameDay = (a, b) => time(a, day) === time(b, day)

/** Asks the server for something, and tells why it was not done. */
async function ask(what) {
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) }
  const answer = await fetch('do', asked).catch(() => undefined)
  if (!answer?.ok) tell(answer?.status === 409 ? await answer.text() : state.texts.over, true)
  return answer?.ok === true
}

const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80

function tell(text, wrong) {
  const notice = $('#notice')
  const atEnd = isAtEnd()
  notice.hidden = text === ''
  notice.classList.toggle('wrong', wrong)
  $('p', notice).textContent = text
  if (atEnd) log.scrollTop = log.scrollHeight
}

// The conversations

function drawChats() {
  const list = $('#chats')
  const focused = document.activeElement?.dataset?.chat
  const { direct, groups, controlNote } = state.texts
  const items = []
  let title
  for (const { id, name, kind } of state.chats) {
    const before = title
    title = kind === 'direct' ? direct : groups
    if (title !== before) items.push(make('li', {}, make('h3', { textContent: title })))
    const last = entries.get(id)?.at(-1)
    const said = last && (last.text || `[${last.attached?.name}]`)
    const preview = last ? (last.name && kind !== 'direct' ? `${last.name}: ${said}` : said) : ''
    const count = unread.get(id) ?? 0
    const button = make(
      'button',
      { type: 'button', data: { chat: id }, onclick: () => show(id) },
      avatar(id.slice(id.indexOf(':') + 1), name),
      make('b', { textContent: name }),
      make('time', { textContent: last ? time(last.at, clock) : '' }),
      make('small', { textContent: preview || (kind === 'control' ? controlNote : '') }),
      ...(count > 0 ? [make('i', { textContent: String(count) })] : []),
    )
    if (id === open) button.setAttribute('aria-current', 'true')
    items.push(make('li', {}, button))
  }
  list.replaceChildren(...items)
  if (focused !== undefined) $(`[data-chat="${CSS.escape(focused)}"]`, list)?.focus()
}

function show(id) {
  open = id
  unread.delete(id)
  quoteThis()
  history.replaceState(null, '', `#${encodeURIComponent(id)}`)
  body.dataset.view = 'talk'
  drawChats()
  drawTalk()
  drawLog()
  if (isWide.matches) field.focus()
}

// The open conversation

function drawTalk() {
  const chat = chatOf(open)
  if (!chat) return
  const isGroup = chat.kind !== 'direct'
  $('#name').textContent = isGroup ? `${chat.name} (${chat.people.length + 1})` : chat.name
  for (const act of ['join', 'leave']) $(`[data-act=${act}]`).hidden = !isGroup
  drawSpeakers(chat)
  drawTips(chat)
}

function drawLog() {
  const { kind, name } = chatOf(open) ?? {}
  const { empty, emptyControl, emptyDirect } = state.texts
  const hint = kind === 'control' ? emptyControl : kind === 'group' ? empty : filled(emptyDirect, name)
  log.replaceChildren(make('li', { class: 'empty', textContent: hint }))
  const said = entries.get(open) ?? []
  said.forEach((entry, i) => append(entry, said[i - 1]))
  log.scrollTop = log.scrollHeight
}

function append(entry, before) {
  $('.empty', log)?.remove()
  const atEnd = isAtEnd()
  if (!before || entry.at - before.at > 180_000) {
    const isToday = before ? sameDay(entry.at, before.at) : sameDay(entry.at, Date.now() + ahead)
    const text = time(entry.at, isToday ? clock : { ...day, ...clock })
    log.append(make('li', { class: 'note', textContent: text }))
  }
  log.append(entry.who === null || entry.done ? noteOf(entry) : bubbleOf(entry))
  if (atEnd || entry.who === who.value) log.scrollTop = log.scrollHeight
}

function noteOf({ name, text, at }) {
  return make('li', { class: 'note', textContent: `${name} ${text}`.trim(), title: time(at, clock) })
}

function bubbleOf(entry) {
  const { name, text, quote: quoted } = entry
  const face = make('button', { type: 'button', class: 'face', title: `@${name}` }, avatar(entry.who, name))
  face.onclick = () => put(`@${name} ${field.value}`)
  const words = make('div', { class: 'words' }, make('span', { class: 'by', textContent: name }))
  words.append(make('div', { class: 'bubble', title: time(entry.at, clock) }, entry.attached ? mediaOf(entry) : text))
  if (quoted) words.append(make('div', { class: 'quoted', textContent: `${quoted.name}: ${quoted.text}` }))
  if (entry.lost) words.append(make('span', { class: 'note', textContent: `⚠ ${state.texts.lost}` }))
  const item = make('li', { class: 'said', data: { who: entry.who } }, face, words)
  if (text !== '') {
    const onclick = () => quoteThis(entry)
    item.append(make('button', { type: 'button', class: 'more', textContent: state.texts.quote, onclick }))
  }
  item.classList.toggle('own', entry.who === who.value)
  return item
}

function mediaOf({ id, attached: { name, bytes, picture } }) {
  const href = `media/${id}`
  if (!picture) return make('a', { href, download: name, textContent: `📄 ${name} · ${Math.ceil(bytes / 1024)} KB` })
  const scale = Math.min(1, 210 / picture.width, 280 / picture.height)
  const image = make('img', { src: href, alt: name, width: Math.max(40, scale * picture.width) })
  image.style.aspectRatio = `${picture.width} / ${picture.height}`
  return make('a', { href, target: '_blank', rel: 'noopener' }, image)
}

function drawSpeakers({ id: chat, kind, people }) {
  const { boss, texts } = state
  const isGroup = kind !== 'direct'
  const isHere = (id) => people.some((one) => one.id === id)
  const all = isGroup && !isHere(boss) ? [...people, { id: boss, name: boss }] : people
  const options = all.map(({ id, name }) => [id, isGroup && id === boss ? `${name} · ${texts.owner}` : name])
  if (isGroup) options.push(['', texts.newcomer])
  who.replaceChildren(...options.map(([value, textContent]) => make('option', { value, textContent })))
  const first = kind === 'control' ? boss : all[0].id
  const chosen = speakers.get(chat)
  who.value = all.some(({ id }) => id === chosen) ? chosen : first
  drawSpeaker()
}

/** The name of who speaks. */
const speaker = () => chatOf(open).people.find(({ id }) => id === who.value)?.name ?? who.value

/** Whose phone it is: what he says stands on the right. */
function drawSpeaker() {
  speakers.set(open, who.value)
  $('#speaker .avatar').replaceWith(avatar(who.value, speaker()))
  for (const item of log.querySelectorAll('.said')) item.classList.toggle('own', item.dataset.who === who.value)
}

function drawTips({ sections }) {
  const line = (text) => make('button', { type: 'button', textContent: text, onclick: () => put(text) })
  const parts = sections.flatMap(({ title, suggestions }) => [
    make('h3', { textContent: title }),
    ...suggestions.map((words) => make('p', {}, ...words.map((text, i) => (i % 2 === 1 ? line(text) : text)))),
  ])
  $('#tips > div').replaceChildren(...parts)
}

/** Puts a line where it can be changed before it is sent. */
function put(line) {
  field.value = line
  tryThings(false)
  field.focus()
}

function quoteThis(entry) {
  quote = entry && { by: entry.who, text: entry.text }
  $('#quoting').hidden = !quote
  if (!entry) return
  $('#quoting span').textContent = `${entry.name}: ${entry.text}`
  field.focus()
}

function tryThings(open) {
  body.classList.toggle('trying', open)
  $('#try').setAttribute('aria-expanded', String(open))
}

// What is asked for

async function send() {
  const text = field.value.trim()
  if (text === '') return
  const asked = { do: 'say', chat: open, who: who.value, text, ...(quote && { quote }) }
  field.value = ''
  quoteThis()
  if (!(await ask(asked))) field.value = text
}

/** Asks for the fields of which first values are given. @returns what was put in, unless it was cancelled */
function dialog(title, values) {
  const box = $('#ask')
  const form = $('form', box)
  $('h2', box).textContent = title
  for (const set of form.querySelectorAll('fieldset')) {
    set.disabled = set.hidden = !(set.dataset.field in values)
  }
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value
  box.returnValue = ''
  box.showModal()
  $('input:enabled', form)?.select()
  return new Promise((resolve) => {
    box.onclose = () => resolve(box.returnValue === 'ok' ? Object.fromEntries(new FormData(form)) : undefined)
  })
}

const acts = {
  picture: () => choose('picture', 'image/*'),
  file: () => choose('file', ''),
  async join() {
    const told = await dialog(state.texts.joinTitle, { name: '', how: 'invited' })
    if (!told) return
    speakers.set(open, told.name.trim())
    await ask({ do: 'join', chat: open, who: told.name, qr: told.how === 'scanned' })
  },
  async leave() {
    const told = await dialog(filled(state.texts.leaveTitle, speaker()), {})
    if (told) await ask({ do: 'leave', chat: open, who: who.value })
  },
  async rename() {
    const where = chatOf(open).kind === 'direct' ? {} : { where: 'here' }
    const told = await dialog(filled(state.texts.renameTitle, speaker()), { name: speaker(), ...where })
    if (!told) return
    await ask({ do: 'rename', chat: open, who: who.value, name: told.name, everywhere: told.where !== 'here' })
  },
  async befriend() {
    const told = await dialog(state.texts.befriendTitle, { name: '', hello: state.texts.helloSample })
    if (told && (await ask({ do: 'befriend', who: told.name, hello: told.hello }))) show(`person:${told.name.trim()}`)
  },
}

function choose(kind, accept) {
  const input = $('#bring')
  input.accept = accept
  input.onchange = async () => {
    const [file] = input.files
    input.value = ''
    if (!file) return
    if (file.size > 8_000_000) return tell(state.texts.tooBig, true)
    const reader = new FileReader()
    reader.onload = () => {
      const base64 = reader.result.slice(reader.result.indexOf(',') + 1)
      void ask({ do: 'bring', chat: open, who: who.value, kind, name: file.name, base64 })
    }
    reader.readAsDataURL(file)
  }
  input.click()
}

// What the server tells

function onState(told) {
  const isFirst = state === undefined
  const isOther = state?.language !== told.language
  state = told
  const { texts, notice } = told
  if (isOther) {
    document.documentElement.lang = told.language
    document.title = texts.title
    field.placeholder = texts.message
    for (const one of document.querySelectorAll('[data-text]')) one.textContent = texts[one.dataset.text]
    for (const one of document.querySelectorAll('[data-label]')) one.ariaLabel = texts[one.dataset.label]
  }
  if (told.phase !== phase) tell(told.phase === 'starting' ? texts.starting : '', false)
  phase = told.phase
  if (notice && notice.id > seenNotice) tell(notice.text, notice.wrong)
  seenNotice = notice?.id ?? 0
  if (isFirst) {
    const wanted = decodeURIComponent(location.hash.slice(1))
    open = (chatOf(wanted) ?? told.chats[0]).id
    if (wanted === open) body.dataset.view = 'talk'
  }
  drawChats()
  drawTalk()
  if (isOther) drawLog()
}

function onSaid(told) {
  for (const entry of told) {
    const all = entries.get(entry.chat) ?? []
    entries.set(entry.chat, [...all, entry])
    const isOpen = entry.chat === open
    if (isOpen) append(entry, all.at(-1))
    const isSeen = isOpen && (isWide.matches || body.dataset.view === 'talk')
    // What was there before the page was opened is no news.
    if (!isSeen && isCaughtUp) unread.set(entry.chat, (unread.get(entry.chat) ?? 0) + 1)
  }
  isCaughtUp = true
  drawChats()
}

function onClock({ now, moving }) {
  ahead = now - Date.now()
  $('#clock').classList.toggle('moving', moving)
  for (const button of document.querySelectorAll('[data-clock]')) button.disabled = moving
  tick()
}

function tick() {
  if (!state) return
  const shown = $('#clock time')
  const now = Date.now() + ahead
  shown.textContent = `${time(now, { weekday: 'short' })} ${time(now, clock)}`
  shown.title = time(now, { dateStyle: 'full' })
}

const source = new EventSource('events')
for (const [name, act] of Object.entries({ state: onState, said: onSaid, clock: onClock })) {
  source.addEventListener(name, ({ data }) => act(JSON.parse(data)))
}
source.onerror = () => state && tell(state.texts.over, true)
source.onopen = () => state && tell('', false)
setInterval(tick, 1000)

// Clicks and keys

$('#say').onsubmit = (event) => {
  event.preventDefault()
  void send()
}
field.onkeydown = (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  void send()
}
who.onchange = () => {
  if (who.value !== '') return drawSpeaker()
  who.value = speakers.get(open) ?? ''
  void acts.join()
}
for (const button of document.querySelectorAll('[data-act]')) button.onclick = () => void acts[button.dataset.act]()
for (const button of document.querySelectorAll('[data-clock]')) {
  button.onclick = () => {
    $('#clock').open = false
    void ask({ do: 'clock', to: button.dataset.clock })
  }
}
$('#back').onclick = () => (body.dataset.view = 'list')
$('#try').onclick = () => tryThings(!body.classList.contains('trying'))
$('#tips header button').onclick = () => tryThings(false)
$('#notice button').onclick = () => tell('', false)
$('#quoting button').onclick = () => quoteThis()
$('#cancel').onclick = () => $('#ask').close()
document.onkeydown = (event) => {
  if (event.key === 'Escape') tryThings(($('#clock').open = false))
  if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return
  event.preventDefault()
  const at = state.chats.findIndex(({ id }) => id === open) + (event.key === 'ArrowDown' ? 1 : -1)
  show(state.chats.at(at % state.chats.length).id)
}
