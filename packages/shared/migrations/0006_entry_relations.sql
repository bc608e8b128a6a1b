-- Which posts tell of which entry is a relation like others from now on.
INSERT INTO "relations" ("relation_type", "from_type", "from_id", "to_type", "to_id", "sort_order")
SELECT 'post->entry', 'post', link."post_id"::text, 'entry', link."entry_id"::text,
	row_number() OVER (PARTITION BY link."post_id" ORDER BY entry."starts_at", entry."id")
FROM "calendar_entry_posts" AS link JOIN "calendar_entries" AS entry ON entry."id" = link."entry_id"
ON CONFLICT DO NOTHING;--> statement-breakpoint
DROP TABLE "calendar_entry_posts";
