// What can go wrong between the bot and WeChat, by endpoint and for a number of times.

/** The last path element of each address that the local WeChat answers. */
export type Endpoint =
  | 'jslogin'
  | 'login'
  | 'webwxnewloginpage'
  | 'webwxinit'
  | 'webwxstatusnotify'
  | 'webwxgetcontact'
  | 'webwxbatchgetcontact'
  | 'synccheck'
  | 'webwxsync'
  | 'webwxsendmsg'
  | 'webwxsendmsgimg'
  | 'webwxsendappmsg'
  | 'webwxsendvideomsg'
  | 'webwxsendemoticon'
  | 'webwxuploadmedia'
  | 'webwxupdatechatroom'
  | 'webwxverifyuser'
  | 'webwxoplog'
  | 'webwxrevokemsg'
  | 'webwxstatreport'
  | 'webwxgetmsgimg'
  | 'webwxgetvideo'
  | 'webwxgetvoice'
  | 'webwxgetmedia'
  | 'webwxgetheadimg'
  | 'webwxgeticon'
  | 'webwxlogout'

/**
 * - `{ret}`: a refusal in WeChat's own words, such as 1205 (too fast) or 1102; for synccheck its retcode
 * - a number: this HTTP status and an HTML page
 * - `hang`: no answer at all, until the fault is lifted (then the connection drops)
 * - `drop`: the connection is cut before the request is looked at
 * - `lost`: the request is carried out, but the connection is cut before the answer
 * - `portal`: status 200 and the login page of a captive portal
 */
export type Fault = { ret: number } | number | 'hang' | 'drop' | 'lost' | 'portal'

interface Planned {
  endpoint: Endpoint | '*'
  fault: Fault
  times: number
}

/** The faults that are still to happen. */
export class Faults {
  #planned: Planned[] = []
  #hanging = new Set<() => void>()

  /** Plans a fault for the next `times` requests. Later plans come after earlier ones. */
  plan(endpoint: Endpoint | '*', fault: Fault, times: number): void {
    this.#planned.push({ endpoint, fault, times })
  }

  /** The fault of this request, counted as happened; undefined when it shall be answered properly. */
  next(endpoint: string): Fault | undefined {
    const at = this.#planned.findIndex((plan) => plan.endpoint === '*' || plan.endpoint === endpoint)
    const plan = this.#planned[at]
    if (plan === undefined) return undefined
    plan.times--
    if (plan.times <= 0) this.#planned.splice(at, 1)
    return plan.fault
  }

  /** Remembers a request that hangs; `drop` cuts its connection. */
  hang(drop: () => void): void {
    this.#hanging.add(drop)
  }

  /** Lifts every fault and cuts what hangs. */
  heal(): void {
    this.#planned = []
    for (const drop of this.#hanging) drop()
    this.#hanging.clear()
  }
}
