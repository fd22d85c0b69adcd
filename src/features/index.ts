// Every feature, in the order in which they see a message. Adding one is adding a line here.
import type { AnyFeature } from '../core/feature/feature.ts'
import { activities } from './activities.ts'
import { admin } from './admin/admin.ts'
import { checkin } from './checkin.ts'
import { coupons } from './coupons/coupons.ts'
import { dice } from './dice/dice.ts'
import { draw } from './draw/draw.ts'
import { faq } from './faq/faq.ts'
import { measures } from './measures/measures.ts'
import { menu } from './menu.ts'
import { order } from './moderation/moderation.ts'
import { packet } from './packet.ts'
import { passphrase } from './passphrase.ts'
import { points } from './points/points.ts'
import { quiz } from './quiz/quiz.ts'
import { scratch } from './scratch/scratch.ts'
import { shop } from './shop.ts'
import { signup } from './signup/signup.ts'
import { sop } from './sop/sop.ts'
import { vote } from './vote.ts'
import { welcome } from './welcome/welcome.ts'

export const features: readonly AnyFeature[] = [
  order,
  admin,
  welcome,
  menu,
  activities,
  vote,
  signup,
  checkin,
  dice,
  quiz,
  draw,
  scratch,
  coupons,
  shop,
  packet,
  points,
  passphrase,
  faq,
  sop,
  measures,
]
