// Quiet hours, in which posts and games wait.

/** From and until which time of day (`HH:MM`, as clocks in a group show); they may run over midnight. null: never quiet. */
export type QuietHours = { from: string; until: string } | null
