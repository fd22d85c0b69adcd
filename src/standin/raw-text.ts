// Text as WeChat's web service writes it: HTML-escaped, line breaks as <br/>, emoji in names as <span>.

/** Escapes for HTML and XML. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A name as contact and member lists carry it. */
export function wireName(name: string): string {
  return escape(name).replace(
    /\p{Extended_Pictographic}|\p{Regional_Indicator}/gu,
    (emoji) => `<span class="emoji emoji${emoji.codePointAt(0)?.toString(16) ?? ''}"></span>`,
  )
}

/** What somebody typed, as `Content` carries it. Emoji stay as they are here, unlike in names. */
export function wireText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br/>')
}
