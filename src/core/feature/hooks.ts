// The hooks by which features are told of events: one table says which event goes to which hook.
import type { CommunityContext, Context, Declared, GroupContext } from './context.ts'
import type { Reply } from '../types/effect.ts'
import type { Event } from '../types/event.ts'
import type { GroupId } from '../types/ids.ts'

/** Every feature that is on gets the event by this hook. Events that are not here go to one feature, or to none. */
export const eventHooks = {
  /** The account itself said something in a group: what a feature wanted said there, or its owner on the phone. */
  posted: 'onPosted',
  patted: 'onPatted',
  joined: 'onJoined',
  left: 'onLeft',
  /** A nickname in a group changed, or (without a group) a person's own name. */
  renamed: 'onRenamed',
  friendAsked: 'onFriendAsked',
  loggedIn: 'onLoggedIn',
  /** Settings were loaded (at the start, after an edit), the clock was set back, or a group was found: time to plan by the clock. */
  loaded: 'onLoaded',
  rostered: 'onLoaded',
  noticed: 'onNoticed',
} as const satisfies Partial<Record<Event['type'], `on${string}`>>

type Told = keyof typeof eventHooks
export type EventHook = (typeof eventHooks)[Told]
type EventOf<H extends EventHook> = Extract<
  Event,
  { type: { [T in Told]: (typeof eventHooks)[T] extends H ? T : never }[Told] }
>
type ContextFor<E, D extends Declared> = [E] extends [{ group: GroupId }]
  ? GroupContext<D>
  : [E] extends [{ group: GroupId | null }]
    ? Context<D>
    : CommunityContext<D>

/** A feature's hooks for events, each with the context of the place that the event is about. */
export type EventHooks<D extends Declared> = {
  [H in EventHook]?: (event: EventOf<H>, cx: ContextFor<EventOf<H>, D>) => Reply
}
