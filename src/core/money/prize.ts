// What can be won: points or coupons. The ledger gives it; see `Ledger.give`.
import { z } from 'zod'

/** The name of a coupon kind of `config/coupons.yaml`; an unknown one is refused when the config is loaded. */
export const CouponName = z.string().min(1).max(30).meta({ coupon: true })

/** A prize, in settings as well as in records. */
export const Prize = z.union([
  z.strictObject({ points: z.int().positive().max(1_000_000).describe('积分') }),
  z.strictObject({
    coupon: CouponName.describe('coupons.yaml 里的券名'),
    count: z.int().min(1).max(20).default(1).describe('几张'),
  }),
])
export type Prize = z.infer<typeof Prize>

/** A prize in settings that may be left out: `false` for none. */
export const PrizeOrNone = z.union([z.literal(false), Prize])
export type PrizeOrNone = z.infer<typeof PrizeOrNone>
