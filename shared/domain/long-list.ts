/** From so many choices on, the frequent ones are shown and the rest is found by words. */
export const LONG_LIST_FROM = 9
