import { and, count, eq, inArray, type SQL } from 'drizzle-orm'
import type { LikesService, LikeTarget } from '../../contracts/likes.ts'
import { likes } from '../../models/conversation.ts'
import type { ServiceDependencies } from '../registry.ts'

export function createLikesService({
  database,
}: Pick<ServiceDependencies, 'database'>): LikesService {
  async function add(userId: string, { type, id }: LikeTarget): Promise<void> {
    await database
      .insert(likes)
      .values({ userId, targetType: type, targetId: id })
      .onConflictDoNothing()
  }

  async function remove(userId: string, target: LikeTarget): Promise<boolean> {
    const { rowCount } = await database.delete(likes).where(isLike(userId, target))
    return (rowCount ?? 0) > 0
  }

  return {
    async toggle(userId, target) {
      if (await remove(userId, target)) return false
      await add(userId, target)
      return true
    },

    async put(userId, target, isLiked) {
      await (isLiked ? add(userId, target) : remove(userId, target))
    },

    async isLiked(userId, target) {
      const [like] = await database
        .select({ targetId: likes.targetId })
        .from(likes)
        .where(isLike(userId, target))
      return like !== undefined
    },

    async likedIds(userId, type, ids) {
      if (ids.length === 0) return new Set()
      const rows = await database
        .select({ id: likes.targetId })
        .from(likes)
        .where(
          and(
            eq(likes.userId, userId),
            eq(likes.targetType, type),
            inArray(likes.targetId, [...ids]),
          ),
        )
      return new Set(rows.map(({ id }) => id))
    },

    async counts(type, ids) {
      if (ids.length === 0) return new Map()
      const rows = await database
        .select({ id: likes.targetId, count: count() })
        .from(likes)
        .where(and(eq(likes.targetType, type), inArray(likes.targetId, [...ids])))
        .groupBy(likes.targetId)
      return new Map(rows.map((row) => [row.id, row.count]))
    },
  }
}

function isLike(userId: string, { type, id }: LikeTarget): SQL | undefined {
  return and(eq(likes.userId, userId), eq(likes.targetType, type), eq(likes.targetId, id))
}
