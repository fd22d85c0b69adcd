// Why a store is not opened, in words that tell the operator what to do.
import path from 'node:path'
import type { z } from 'zod'
import { codeOf } from './disk.ts'
import type { Generation } from './generations.ts'
import type { Break } from './replay.ts'
import { StoreRefused } from './store.ts'
import { inBoth } from './wording.ts'

/** Where a community's files lie. */
export interface Place {
  name: string
  folder: string
  snapshot: string
  head: string
  lock: string
  journal: string
  backup: string
}

/** Where the files of a community of that name lie in a data folder. */
export function placeOf(folder: string, name: string): Place {
  return {
    name,
    folder,
    snapshot: path.join(folder, `${name}.json`),
    head: path.join(folder, `${name}.head`),
    lock: path.join(folder, `${name}.lock`),
    journal: path.join(folder, 'journal'),
    backup: path.join(folder, 'backup'),
  }
}

function refused(zh: string, en: string, code?: string): StoreRefused {
  return new StoreRefused(inBoth(zh, en), code)
}

/** The last resort, which an operator must choose by deleting a file. */
function goOn(place: Place, reached: number): { zh: string; en: string } {
  return {
    zh: `请先整份复制 ${place.folder}。有完好的副本就把它放回原处再启动；没有的话，删除 ${place.head} 再启动：会从第 ${reached} 条之后继续，坏掉的部分另存在旁边。`,
    en: `First copy ${place.folder} as a whole. If you have a good copy of the file, put it back and start again; if not, delete ${place.head} and start again: quanzi then goes on after record ${reached} and keeps the damaged part aside.`,
  }
}

/** A refusal for each case. `reached` is the last decision that can be read, `head` the last one that was acknowledged. */
export const refuse = {
  snapshot(place: Place, why: 'damaged' | 'missing', backup: Generation | undefined): StoreRefused {
    const zh = why === 'damaged' ? '损坏' : '不见了'
    if (!backup) {
      return refused(
        `数据文件 ${place.snapshot} ${zh}，${place.backup} 里也没有可用的备份。机器人没有启动，什么都没有改动。请从你自己的备份恢复整个 ${place.folder}。`,
        `The data file ${place.snapshot} is ${why}, and ${place.backup} holds no backup that can be used. Nothing was started or changed. Restore all of ${place.folder} from a backup of your own.`,
      )
    }
    return refused(
      `数据文件 ${place.snapshot} ${zh}。机器人没有启动，什么都没有改动。请把 ${backup.file} 复制为 ${place.snapshot} 再启动；之后的记录会从 ${place.journal} 自动补上，不会丢积分。`,
      `The data file ${place.snapshot} is ${why}. Nothing was started or changed. Copy ${backup.file} to ${place.snapshot} and start again; what happened since is filled in from ${place.journal}, no points are lost.`,
    )
  },

  journalBroken(
    place: Place,
    file: string,
    { why, line }: Break,
    reached: number,
    head: number | 'damaged',
  ): StoreRefused {
    const next = goOn(place, reached)
    const lost = typeof head === 'number' ? Math.max(0, head - reached) : undefined
    const zh = why === 'gap' ? '与前面的记录接不上，中间缺了记录' : '损坏'
    const en = why === 'gap' ? 'does not follow on: records are missing before it' : 'is damaged'
    return refused(
      `日志 ${file} 第 ${line} 行${zh}${lost === undefined ? '' : `，从这里起有 ${lost} 条记录读不到`}。机器人没有启动，什么都没有改动。${next.zh}`,
      `Line ${line} of the journal ${file} ${en}${lost === undefined ? '' : `; ${lost} records from there on cannot be read`}. Nothing was started or changed. ${next.en}`,
    )
  },

  linesMissing(place: Place, reached: number, head: number): StoreRefused {
    const next = goOn(place, reached)
    return refused(
      `日志 ${place.journal} 只到第 ${reached} 条，而 ${place.head} 记着第 ${head} 条已经保存：缺了 ${head - reached} 条。机器人没有启动，什么都没有改动。${next.zh}`,
      `The journal in ${place.journal} ends at record ${reached}, but ${place.head} says that record ${head} was saved: ${head - reached} are missing. Nothing was started or changed. ${next.en}`,
    )
  },

  /** The file system said no: read-only, full, not ours. */
  disk(place: Place, cause: unknown): StoreRefused {
    return refused(
      `数据文件夹 ${place.folder} 读写不了（${String(cause)}）。请检查磁盘是否已满、是否只读、当前用户有没有权限，然后再启动。`,
      `The data folder ${place.folder} cannot be read or written (${String(cause)}). See whether the disk is full or read-only and whether this user may use it, then start again.`,
      codeOf(cause),
    )
  },

  newer(file: string): StoreRefused {
    return refused(
      `${file} 是更新版本的 quanzi 写的，这个版本读不了。请换回新版本再启动；数据没有改动。`,
      `${file} was written by a newer quanzi, which this one cannot read. Start the newer version again; nothing was changed.`,
    )
  },

  newerTable(file: string, table: string): StoreRefused {
    return refused(
      `${file} 里的数据表「${table}」是更新版本的 quanzi 写的，这个版本不认识。请换回新版本再启动；数据没有改动。`,
      `The table "${table}" in ${file} was written by a newer quanzi, which this one does not know. Start the newer version again; nothing was changed.`,
    )
  },

  badRecord(file: string, table: string, key: string, issue: z.core.$ZodIssue | undefined): StoreRefused {
    const where = [key, ...(issue?.path ?? [])].join(' → ')
    return refused(
      `${file} 里数据表「${table}」的记录「${where}」不符合格式（${issue?.message ?? ''}）。机器人没有启动，什么都没有改动。这是程序的问题：请换回上一个能用的版本，并报告给维护者。`,
      `The record "${where}" of table "${table}" in ${file} does not fit its form (${issue?.message ?? ''}). Nothing was started or changed. This is a fault of the program: go back to the last version that worked, and tell the maintainers.`,
    )
  },

  otherName(place: Place, name: string): StoreRefused {
    return refused(
      `${place.snapshot} 是另一个圈子「${name}」的数据。请换回「${place.name}」自己的文件再启动。`,
      `${place.snapshot} holds the data of another community, "${name}". Put back the file of "${place.name}" and start again.`,
    )
  },
}
