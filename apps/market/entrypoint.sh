#!/bin/sh
# Waits until the database answers and, where another service migrates it, is as new as this image.
# Then becomes the service. Redis is neither waited for nor emptied: it is only a cache.
set -eu
cd "$(dirname "$0")"

node --import ../../packages/shared/infrastructure/quick-start.js --input-type=module --eval '
  import { waitForDatabase } from "@rose-ash/shared/infrastructure/wait-for-database"
  const { DATABASE_URL, RUN_MIGRATIONS } = process.env
  await waitForDatabase({ url: DATABASE_URL, isMigratedElsewhere: RUN_MIGRATIONS !== "true" })
'
exec node --import ../../packages/shared/infrastructure/quick-start.js server.ts
