CREATE TABLE "ap_actor_rules" (
	"actor_uri" text PRIMARY KEY NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ap_deliveries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"outbox_id" bigint NOT NULL,
	"inbox" text NOT NULL,
	"host" text NOT NULL,
	"object_uri" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_status" integer,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "ap_deliveries_state" CHECK (state in ('queued', 'delivered', 'dropped', 'parked'))
);
--> statement-breakpoint
CREATE TABLE "ap_domain_rules" (
	"host" text PRIMARY KEY NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ap_followers" (
	"profile_id" uuid NOT NULL,
	"app_domain" text NOT NULL,
	"actor_uri" text NOT NULL,
	"follow_uri" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_followers_profile_id_app_domain_actor_uri_pk" PRIMARY KEY("profile_id","app_domain","actor_uri")
);
--> statement-breakpoint
CREATE TABLE "ap_inbox" (
	"activity_uri" text PRIMARY KEY NOT NULL,
	"id" bigserial NOT NULL,
	"type" text NOT NULL,
	"actor_uri" text NOT NULL,
	"object_uri" text,
	"body" jsonb,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_inbox_state" CHECK (state in ('pending', 'done', 'refused', 'parked'))
);
--> statement-breakpoint
CREATE TABLE "ap_instances" (
	"host" text PRIMARY KEY NOT NULL,
	"signature_spec" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"closed_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "ap_interactions" (
	"post_id" uuid NOT NULL,
	"actor_uri" text NOT NULL,
	"kind" text NOT NULL,
	"activity_uri" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_interactions_post_id_kind_actor_uri_pk" PRIMARY KEY("post_id","kind","actor_uri")
);
--> statement-breakpoint
CREATE TABLE "ap_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"profile_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"public_pem" text NOT NULL,
	"sealed_private_pem" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "ap_local_posts" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"content_hash" text NOT NULL,
	"told_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "ap_outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"activity_uri" text NOT NULL,
	"profile_id" uuid NOT NULL,
	"type" text NOT NULL,
	"object_uri" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ap_remote_actors" (
	"uri" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"inbox" text NOT NULL,
	"shared_inbox" text,
	"key_id" text NOT NULL,
	"public_pem" text NOT NULL,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ap_actor_profiles" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "author_handle" text;--> statement-breakpoint
ALTER TABLE "ap_actor_profiles" ADD COLUMN "app" text;--> statement-breakpoint
ALTER TABLE "ap_deliveries" ADD CONSTRAINT "ap_deliveries_outbox_id_ap_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."ap_outbox"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ap_followers" ADD CONSTRAINT "ap_followers_profile_id_ap_actor_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."ap_actor_profiles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ap_followers" ADD CONSTRAINT "ap_followers_actor_uri_ap_remote_actors_uri_fk" FOREIGN KEY ("actor_uri") REFERENCES "public"."ap_remote_actors"("uri") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ap_interactions" ADD CONSTRAINT "ap_interactions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ap_interactions" ADD CONSTRAINT "ap_interactions_actor_uri_ap_remote_actors_uri_fk" FOREIGN KEY ("actor_uri") REFERENCES "public"."ap_remote_actors"("uri") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ap_keys" ADD CONSTRAINT "ap_keys_profile_id_ap_actor_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."ap_actor_profiles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ap_outbox" ADD CONSTRAINT "ap_outbox_profile_id_ap_actor_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."ap_actor_profiles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ap_deliveries_inbox_unique" ON "ap_deliveries" USING btree ("outbox_id","inbox");--> statement-breakpoint
CREATE INDEX "ap_deliveries_queued" ON "ap_deliveries" USING btree ("next_attempt_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "ap_deliveries_order" ON "ap_deliveries" USING btree ("object_uri","inbox","outbox_id");--> statement-breakpoint
CREATE INDEX "ap_followers_actor" ON "ap_followers" USING btree ("actor_uri");--> statement-breakpoint
CREATE INDEX "ap_inbox_pending" ON "ap_inbox" USING btree ("next_attempt_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "ap_inbox_order" ON "ap_inbox" USING btree ("actor_uri","id") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "ap_inbox_object" ON "ap_inbox" USING btree ("object_uri");--> statement-breakpoint
CREATE INDEX "ap_inbox_received" ON "ap_inbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "ap_interactions_actor" ON "ap_interactions" USING btree ("actor_uri");--> statement-breakpoint
CREATE INDEX "ap_interactions_activity" ON "ap_interactions" USING btree ("activity_uri");--> statement-breakpoint
CREATE UNIQUE INDEX "ap_keys_current_unique" ON "ap_keys" USING btree ("profile_id","kind") WHERE retired_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "ap_outbox_activity_unique" ON "ap_outbox" USING btree ("activity_uri");--> statement-breakpoint
CREATE INDEX "ap_outbox_object" ON "ap_outbox" USING btree ("object_uri");--> statement-breakpoint
CREATE INDEX "ap_remote_actors_key" ON "ap_remote_actors" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "ap_remote_actors_host" ON "ap_remote_actors" USING btree ("host");--> statement-breakpoint
ALTER TABLE "ap_actor_profiles" ADD CONSTRAINT "ap_actor_profiles_app_unique" UNIQUE("app");--> statement-breakpoint
ALTER TABLE "ap_actor_profiles" ADD CONSTRAINT "ap_actor_profiles_owner" CHECK ((user_id is null) <> (app is null));