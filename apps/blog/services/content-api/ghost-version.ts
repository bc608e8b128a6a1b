/** The version of Ghost whose answers and deliveries ours are like. */
export const ghostVersion = '6.65'
