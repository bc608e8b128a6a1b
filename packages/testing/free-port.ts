export { findFreePort } from '@rose-ash/local/postgres/port'
