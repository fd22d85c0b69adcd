// Days and clock times as people write them in settings: read into the one form that the program uses.

/** `2026-12-24` of 2026/12/24, 2026.12.24, 2026年12月24日, 2026-1-5; undefined when it is no day. */
export function writtenDay(typed: string): string | undefined {
  const [, year = '', month = '', date = ''] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/.exec(typed.normalize('NFKC').trim()) ?? []
  if (year === '' || Number(month) > 12 || Number(date) > 31) return undefined
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
}

/** `08:00` of 8:00, 8：00, 8点, 8点30, 8点半, 下午3点, 3:00pm. */
export function writtenClock(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
  const [, half = '', hour = '', minute = '', tail = ''] =
    /^(早上|上午|中午|下午|傍晚|晚上|凌晨)?(\d{1,2})(?:[:.时点]|点钟)(\d{2}|半|一刻)?分?(am|pm)?$/.exec(plain) ?? []
  if (hour === '') return undefined
  const late = tail === 'pm' || /下午|傍晚|晚上/.test(half) || (half === '中午' && Number(hour) < 11)
  const hours = late && Number(hour) < 12 ? Number(hour) + 12 : tail === 'am' && hour === '12' ? 0 : Number(hour)
  const minutes = minute === '半' ? 30 : minute === '一刻' ? 15 : Number(minute || '0')
  return hours > 23 || minutes > 59
    ? undefined
    : `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}
