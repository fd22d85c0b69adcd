// Receives what the bot uploads: whole files, and files that come in chunks of half a megabyte.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'

const UploadRequest = z.object({
  BaseRequest: z.object({ Sid: z.string() }),
  ClientMediaId: z.number(),
  TotalLen: z.number().int().nonnegative(),
})
const Part = z.object({
  name: z.string(),
  type: z.string(),
  chunk: z.coerce.number().int(),
  chunks: z.coerce.number().int(),
})

/** A file the bot uploaded. */
interface Upload {
  name: string
  bytes: Buffer
}

/** Uploads by media id. A chunked one is kept apart until its last chunk is there. */
export class Uploads {
  #whole = new Map<string, Upload>()
  #parts = new Map<number, Map<number, Buffer>>()

  /**
   * Takes one multipart body. The media id is empty until the file is complete, as in the service; `sid` is the session shown.
   * @throws when the form is not what wechat4u sends, or the bytes do not add up
   */
  async take(contentType: string, body: Buffer): Promise<{ sid: string; mediaId: string }> {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData()
    const request = UploadRequest.parse(JSON.parse(String(form.get('uploadmediarequest'))))
    const sid = request.BaseRequest.Sid
    const part = Part.parse({
      name: form.get('name'),
      type: form.get('type'),
      chunk: form.get('chunk') ?? 0,
      chunks: form.get('chunks') ?? 1,
    })
    const file = form.get('filename')
    if (file === null || typeof file === 'string') throw new Error('an upload without a file')
    const parts = this.#parts.get(request.ClientMediaId) ?? new Map<number, Buffer>()
    parts.set(part.chunk, Buffer.from(await file.arrayBuffer()))
    this.#parts.set(request.ClientMediaId, parts)
    if (parts.size < part.chunks) return { sid, mediaId: '' }
    this.#parts.delete(request.ClientMediaId)
    const bytes = Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, chunk]) => chunk))
    if (bytes.length !== request.TotalLen) throw new Error(`uploaded ${bytes.length} of ${request.TotalLen} bytes`)
    const mediaId = `@crypt_${randomBytes(32).toString('hex')}`
    this.#whole.set(mediaId, { name: part.name, bytes })
    return { sid, mediaId }
  }

  get(mediaId: string): Upload | undefined {
    return this.#whole.get(mediaId)
  }
}
