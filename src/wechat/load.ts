// Loads Wechaty and the puppet when they are needed, and undoes what loading them does to the process.

export interface Loaded {
  wechaty: typeof import('wechaty')
  puppet: typeof import('./puppet.ts')
}

export async function loadWechaty(): Promise<Loaded> {
  const { log } = await import('wechaty-puppet')
  // It prints message texts and whole requests; what matters goes to our own log.
  log.level('silent')
  const puppet = await import('./puppet.ts')
  for (const listener of process.listeners('uncaughtException')) {
    // wechat4u prints every uncaught error and lets the process go on in a state that nobody knows.
    if (String(listener).includes(`console.log('uncaughtException'`)) process.off('uncaughtException', listener)
  }
  return { wechaty: await import('wechaty'), puppet }
}
