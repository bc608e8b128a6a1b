/** The gate: the only place where this app takes tables from. */
