CREATE TABLE "kv_changes" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kv_changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" "bytea" NOT NULL,
	"value" jsonb
);
--> statement-breakpoint
CREATE TABLE "kv_entries" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kv_horizon" (
	"seq" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "relations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"relation_type" text NOT NULL,
	"from_type" text NOT NULL,
	"from_id" text NOT NULL,
	"to_type" text NOT NULL,
	"to_id" text NOT NULL,
	"label" text,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "relations_edge_unique" ON "relations" USING btree ("relation_type","from_type","from_id","to_type","to_id");--> statement-breakpoint
CREATE INDEX "relations_children" ON "relations" USING btree ("from_type","from_id","relation_type","sort_order") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "relations_parents" ON "relations" USING btree ("to_type","to_id","relation_type") WHERE deleted_at is null;