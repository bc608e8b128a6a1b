import { createReadStream } from 'node:fs'
import { readRows } from './services/ghost/read-rows.ts'
import { tableNames } from './services/ghost/rows.ts'
for (const f of process.argv.slice(2)) {
const t=performance.now(); let n:Record<string,number>={}; let b=0, last
try { for await (const rows of readRows(createReadStream(f),{tables:tableNames,onBytes:x=>{b=x}})) for (const r of rows) { n[r.table]=(n[r.table]??0)+1; last=r.place } } catch (e) { console.log(String(e)) }
console.log(f, n, last, b, performance.now()-t, process.memoryUsage().rss/1e6) }
