// Every feature, in the order in which they see a message. Adding one is adding a line here.
import type { AnyFeature } from '../core/feature.ts'
import { menu } from './menu.ts'
import { points } from './points.ts'

export const features: readonly AnyFeature[] = [menu, points]
