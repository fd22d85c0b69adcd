// Every feature, in the order in which they see a message. Adding one is adding a line here.
import type { AnyFeature } from '../core/feature.ts'
import { admin } from './admin/admin.ts'
import { checkin } from './checkin.ts'
import { coupons } from './coupons/coupons.ts'
import { dice } from './dice.ts'
import { menu } from './menu.ts'
import { points } from './points/points.ts'
import { welcome } from './welcome.ts'

export const features: readonly AnyFeature[] = [admin, welcome, menu, checkin, dice, coupons, points]
