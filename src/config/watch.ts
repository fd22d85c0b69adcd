// Notices that the operator saved something in the config folder.
import { basename } from 'node:path'
import { watch } from 'chokidar'

/** Milliseconds without a change after which several saved files count as one edit. */
const settleMs = 300

/** A folder that is watched. */
export interface Watching {
  /** Resolves when changes are noticed from now on. */
  ready: Promise<void>
  close(): Promise<void>
}

/**
 * Calls `onChange` after every edit of the folder, once for files that were saved together. The caller loads the folder again
 * and, when there are problems, goes on with the settings that it has.
 */
export function watchConfig(folder: string, onChange: () => void): Watching {
  const watcher = watch(folder, {
    ignoreInitial: true,
    // Editors write in several steps, and next to the file; half a file is not an edit.
    awaitWriteFinish: { stabilityThreshold: 200, pollInterval: 50 },
    ignored: (path) => path !== folder && /^\.|~$|\.(swp|swx|tmp)$/.test(basename(path)),
  })
  let settling: NodeJS.Timeout | undefined
  watcher.on('all', () => {
    clearTimeout(settling)
    settling = setTimeout(onChange, settleMs)
  })
  return {
    ready: new Promise((resolve) => void watcher.once('ready', resolve)),
    async close() {
      clearTimeout(settling)
      await watcher.close()
    },
  }
}
