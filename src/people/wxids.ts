// Finds our id for WeChat's id, fast: an index beside a table, which may take its changes back at any time.
import type { Table } from '../core/feature/tables.ts'
import type { WxId } from '../wechat/account.ts'

/** Our ids of one table (people or groups) by WeChat's ids of one login. Every hit is held against the record. */
export class WxIds<Id extends string> {
  readonly #table: Table<{ wx: WxId; epoch: number }>
  readonly #byWx = new Map<WxId, Id>()
  #epoch = -1

  constructor(table: Table<{ wx: WxId; epoch: number }>) {
    this.#table = table
  }

  /** Our id of what `wx` means in the login `epoch`. */
  find(wx: WxId, epoch: number): Id | undefined {
    if (epoch !== this.#epoch) {
      this.#epoch = epoch
      this.#byWx.clear()
      this.#scan()
    }
    const id = this.#byWx.get(wx)
    if (id === undefined || this.#holds(id, wx)) return id
    // Something was taken back or moved. The entry stays, as that may be taken back in turn.
    this.#scan()
    const now = this.#byWx.get(wx)
    return now !== undefined && this.#holds(now, wx) ? now : undefined
  }

  /** To be told of every record that gets a new `wx`. */
  note(wx: WxId, id: Id): void {
    this.#byWx.set(wx, id)
  }

  #holds(id: Id, wx: WxId): boolean {
    const record = this.#table.get(id)
    return record?.wx === wx && record.epoch === this.#epoch
  }

  #scan(): void {
    for (const [id, record] of this.#table.entries()) {
      // The table's owner makes its keys.
      if (record.epoch === this.#epoch) this.#byWx.set(record.wx, id as Id)
    }
  }
}
