/** The six services, in the order in which people meet them. */
export const appNames = ['blog', 'market', 'events', 'cart', 'account', 'federation'] as const

export type AppName = (typeof appNames)[number]
