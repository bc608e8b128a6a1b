/**
 * Redis keys, all below one prefix: `clock`, `entry:<key>`, `tag:<tag>`, `lock:<key>`.
 *
 * `clock` grows with every invalidation (microseconds since 1970, or one more than before when that
 * is larger), and an invalidated tag holds its reading. An entry remembers the reading that was
 * taken before it was loaded, and is worth nothing once one of its tags holds a later one. So
 * invalidating costs the same whether a tag is on one entry or on a million, and a load that was
 * under way is caught wherever it runs. A tag that was evicted makes its entries misses.
 *
 * An entry is one line of JSON, `{ loadedAt, staleMs, tags }`, then the value. A deleted entry is a
 * bare reading. The scripts name keys that they find in entries, so Redis Cluster would refuse them.
 */

const readClock = `
local function readClock(key)
  local reading = redis.call('GET', key)
  if reading then return tonumber(reading) end
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  redis.call('SET', key, string.format('%.0f', now))
  return now
end
`

/**
 * KEYS clock, entry, lock. ARGV milliseconds of the lock, 0: do not lock.
 * Returns the clock's reading, the state of the entry and its text. Of all processes that find it
 * stale, one is told to renew it, until it releases the lock or the lock runs out.
 */
export const readScript = `${readClock}
local reading = string.format('%.0f', readClock(KEYS[1]))
local miss = { reading, 'missing', '' }
local entry = redis.call('GET', KEYS[2])
if not entry then return miss end
local lineEnd = string.find(entry, '\\n', 1, true)
if not lineEnd then return miss end
local header = cjson.decode(string.sub(entry, 1, lineEnd - 1))
for _, tag in ipairs(header.tags) do
  local invalidatedAt = redis.call('GET', tag)
  if not invalidatedAt or tonumber(invalidatedAt) > header.loadedAt then return miss end
end
local value = string.sub(entry, lineEnd + 1)
if redis.call('PTTL', KEYS[2]) > header.staleMs then return { reading, 'fresh', value } end
if ARGV[1] ~= '0' and redis.call('SET', KEYS[3], '1', 'NX', 'PX', ARGV[1]) then
  return { reading, 'renew', value }
end
return { reading, 'stale', value }
`

/**
 * KEYS clock, entry, lock, tags. ARGV the clock's reading before the load, or '' for now; fresh
 * milliseconds, stale milliseconds, seconds a tag lives, the value. Returns 1, or 0 when something
 * was invalidated since that reading.
 */
export const storeScript = `${readClock}
local loadedAt = tonumber(ARGV[1]) or readClock(KEYS[1])
local tags = {}
for index = 4, #KEYS do
  local invalidatedAt = redis.call('GET', KEYS[index])
  if invalidatedAt and tonumber(invalidatedAt) > loadedAt then return 0 end
  tags[#tags + 1] = KEYS[index]
end
local entry = redis.call('GET', KEYS[2])
local deletedAt = entry and tonumber(entry)
if deletedAt and deletedAt > loadedAt then return 0 end
for _, tag in ipairs(tags) do
  redis.call('SET', tag, '0', 'NX')
  redis.call('EXPIRE', tag, ARGV[4])
end
local header = string.format('{"loadedAt":%.0f,"staleMs":%s,"tags":', loadedAt, ARGV[3])
local list = #tags > 0 and cjson.encode(tags) or '[]'
redis.call('SET', KEYS[2], header .. list .. '}\\n' .. ARGV[5], 'PX', ARGV[2] + ARGV[3])
redis.call('DEL', KEYS[3])
return 1
`

/** KEYS clock, then tags and entries to invalidate. ARGV seconds that the mark lives. */
export const invalidateScript = `
local time = redis.call('TIME')
local reading = time[1] * 1000000 + time[2]
local before = tonumber(redis.call('GET', KEYS[1]) or '0')
if before >= reading then reading = before + 1 end
local mark = string.format('%.0f', reading)
redis.call('SET', KEYS[1], mark)
for index = 2, #KEYS do
  redis.call('SET', KEYS[index], mark, 'EX', ARGV[1])
end
return mark
`
