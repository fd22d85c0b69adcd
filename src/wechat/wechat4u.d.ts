// wechat4u comes without types; these are the parts that are used.
declare module 'wechat4u' {
  const Wechat4u: new (data?: object) => import('./internals.ts').Wechat4u
  export default Wechat4u
}
