-- The tables of Rose Ash, made by `pnpm schema` from packages/shared/models. Not run by anything:
-- databases are made by packages/shared/migrations.

CREATE TABLE "email_changes" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"email" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);

CREATE TABLE "role_grants" (
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"container_type" text DEFAULT '' NOT NULL,
	"container_id" text DEFAULT '' NOT NULL,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "role_grants_user_id_role_container_type_container_id_pk" PRIMARY KEY("user_id","role","container_type","container_id")
);

CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"display_name" text NOT NULL,
	"last_login_at" timestamp with time zone,
	"mails_of_answers" boolean DEFAULT true NOT NULL,
	"mails_of_comments" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "ap_activities" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"activity_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"type" text NOT NULL,
	"actor_user_id" uuid,
	"origin_app" text NOT NULL,
	"visibility" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text NOT NULL,
	"aggregate_version" integer,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_activities_visibility" CHECK (visibility in ('internal', 'public'))
);

CREATE TABLE "event_deliveries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"activity_id" bigint NOT NULL,
	"handler" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"done_at" timestamp with time zone,
	"object_type" text,
	"object_id" text,
	"aggregate_version" integer,
	CONSTRAINT "event_deliveries_state" CHECK (state in ('pending', 'done', 'parked')),
	CONSTRAINT "event_deliveries_done" CHECK ((state = 'done') = (done_at is not null))
);

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

CREATE TABLE "ap_outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"activity_uri" text NOT NULL,
	"profile_id" uuid NOT NULL,
	"type" text NOT NULL,
	"object_uri" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "ap_actor_rules" (
	"actor_uri" text PRIMARY KEY NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "ap_domain_rules" (
	"host" text PRIMARY KEY NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "ap_followers" (
	"profile_id" uuid NOT NULL,
	"app_domain" text NOT NULL,
	"actor_uri" text NOT NULL,
	"follow_uri" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_followers_profile_id_app_domain_actor_uri_pk" PRIMARY KEY("profile_id","app_domain","actor_uri")
);

CREATE TABLE "ap_instances" (
	"host" text PRIMARY KEY NOT NULL,
	"signature_spec" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"closed_until" timestamp with time zone
);

CREATE TABLE "ap_interactions" (
	"post_id" uuid NOT NULL,
	"actor_uri" text NOT NULL,
	"kind" text NOT NULL,
	"activity_uri" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_interactions_post_id_kind_actor_uri_pk" PRIMARY KEY("post_id","kind","actor_uri")
);

CREATE TABLE "ap_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"profile_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"public_pem" text NOT NULL,
	"sealed_private_pem" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);

CREATE TABLE "ap_local_posts" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"content_hash" text NOT NULL,
	"told_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);

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

CREATE TABLE "authors" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"bio" text,
	"profile_image" text,
	"cover_image" text,
	"website" text,
	"location" text,
	"user_id" uuid,
	"source_extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"meta" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"source" text,
	"source_id" text,
	"source_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "authors_slug_unique" UNIQUE("slug")
);

CREATE TABLE "post_authors" (
	"post_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"sort_order" integer NOT NULL,
	CONSTRAINT "post_authors_post_id_author_id_pk" PRIMARY KEY("post_id","author_id")
);

CREATE TABLE "posts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"type" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"status" text NOT NULL,
	"trashed_from" text,
	"trashed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"visibility" text DEFAULT 'public' NOT NULL,
	"lexical" jsonb NOT NULL,
	"html" text DEFAULT '' NOT NULL,
	"plaintext" text DEFAULT '' NOT NULL,
	"public_text" text DEFAULT '' NOT NULL,
	"search_vector" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('simple', coalesce(title, '')), 'A')
    || setweight(to_tsvector('simple', coalesce(custom_excerpt, '')), 'B')
    || setweight(to_tsvector('simple', left(public_text, 200000)), 'D') || setweight(to_tsvector('english', coalesce(title, '')), 'A')
    || setweight(to_tsvector('english', coalesce(custom_excerpt, '')), 'B')
    || setweight(to_tsvector('english', left(public_text, 200000)), 'D')) STORED,
	"reading_minutes" integer DEFAULT 1 NOT NULL,
	"custom_excerpt" text,
	"featured" boolean DEFAULT false NOT NULL,
	"feature_image" text,
	"feature_image_alt" text,
	"feature_image_caption" text,
	"canonical_url" text,
	"language" text,
	"meta" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"code_head" text,
	"code_foot" text,
	"takes_comments" boolean DEFAULT true NOT NULL,
	"published_at" timestamp with time zone,
	"source" text,
	"source_id" text,
	"source_hash" text,
	"source_extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "redirects" (
	"from_path" text PRIMARY KEY NOT NULL,
	"to_path" text NOT NULL,
	"permanent" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "cart_items" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid,
	"device_id" text,
	"product_id" uuid NOT NULL,
	"market_place_id" uuid NOT NULL,
	"quantity" integer NOT NULL,
	"price_pence" integer NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cart_items_owner" CHECK (user_id is not null or device_id is not null),
	CONSTRAINT "cart_items_quantity" CHECK (quantity between 1 and 999)
);

CREATE TABLE "client_apps" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"homepage" text,
	"redirect_uris" text[] NOT NULL,
	"post_logout_redirect_uris" text[] NOT NULL,
	"backchannel_logout_uri" text,
	"secret_hash" text,
	"may_stay" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "comment_mails" (
	"user_id" uuid NOT NULL,
	"comment_id" uuid NOT NULL,
	"why" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "comment_mails_user_id_comment_id_pk" PRIMARY KEY("user_id","comment_id")
);

CREATE TABLE "comment_reports" (
	"comment_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "comment_reports_comment_id_user_id_pk" PRIMARY KEY("comment_id","user_id")
);

CREATE TABLE "comments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"post_id" uuid NOT NULL,
	"parent_id" uuid,
	"user_id" uuid,
	"remote_url" text,
	"author_name" text NOT NULL,
	"author_url" text,
	"author_handle" text,
	"author_avatar" text,
	"html" text NOT NULL,
	"source" text,
	"status" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp with time zone
);

CREATE TABLE "likes" (
	"user_id" uuid NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "likes_user_id_target_type_target_id_pk" PRIMARY KEY("user_id","target_type","target_id")
);

CREATE TABLE "calendar_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"calendar_id" uuid NOT NULL,
	"title" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"description_html" text DEFAULT '' NOT NULL,
	"location" text,
	"state" text DEFAULT 'pending' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"price_pence" integer DEFAULT 0 NOT NULL,
	"currency" text DEFAULT 'GBP' NOT NULL,
	"image" text,
	"image_alt" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_entries_span" CHECK (ends_at >= starts_at)
);

CREATE TABLE "calendars" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"description_html" text DEFAULT '' NOT NULL,
	"time_zone" text NOT NULL,
	"container_type" text DEFAULT 'page' NOT NULL,
	"container_id" uuid NOT NULL,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "ap_actor_profiles" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid,
	"app" text,
	"username" text NOT NULL,
	"display_name" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"avatar" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ap_actor_profiles_userId_unique" UNIQUE("user_id"),
	CONSTRAINT "ap_actor_profiles_app_unique" UNIQUE("app"),
	CONSTRAINT "ap_actor_profiles_owner" CHECK ((user_id is null) <> (app is null))
);

CREATE TABLE "content_imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"source" text NOT NULL,
	"file_name" text NOT NULL,
	"state" text NOT NULL,
	"total_count" integer DEFAULT 0 NOT NULL,
	"created_count" integer DEFAULT 0 NOT NULL,
	"updated_count" integer DEFAULT 0 NOT NULL,
	"unchanged_count" integer DEFAULT 0 NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error" text,
	"started_by" uuid,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);

CREATE TABLE "ghost_deliveries" (
	"source_id" uuid NOT NULL,
	"event" text NOT NULL,
	"object_id" text NOT NULL,
	"object_updated_at" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ghost_deliveries_source_id_event_object_id_object_updated_at_pk" PRIMARY KEY("source_id","event","object_id","object_updated_at")
);

CREATE TABLE "ghost_sources" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"site_url" text NOT NULL,
	"kind" text NOT NULL,
	"sealed_key" text NOT NULL,
	"sealed_webhook_secret" text,
	"takes_legacy_signature" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"cursors" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text DEFAULT 'never' NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"error" text,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"differences" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"last_webhook_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ghost_sources_name_unique" UNIQUE("name")
);

CREATE TABLE "post_warnings" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"warnings" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "redirect_rules" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"pattern" text NOT NULL,
	"target" text NOT NULL,
	"permanent" boolean DEFAULT true NOT NULL,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"source" text
);

CREATE TABLE "integrations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"content_key" text NOT NULL,
	"last_used_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "integrations_contentKey_unique" UNIQUE("content_key")
);

CREATE TABLE "outgoing_webhooks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"integration_id" uuid NOT NULL,
	"event" text NOT NULL,
	"target_url" text NOT NULL,
	"sealed_secret" text NOT NULL,
	"last_triggered_at" timestamp with time zone,
	"last_status" integer,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "kv_changes" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kv_changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" "bytea" NOT NULL,
	"value" jsonb
);

CREATE TABLE "kv_entries" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);

CREATE TABLE "kv_horizon" (
	"seq" bigint PRIMARY KEY NOT NULL
);

CREATE TABLE "market_places" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"description_html" text DEFAULT '' NOT NULL,
	"image" text,
	"image_alt" text,
	"container_type" text DEFAULT 'page' NOT NULL,
	"container_id" uuid NOT NULL,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "product_categories" (
	"market_place_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"sort_order" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "product_categories_market_place_id_slug_pk" PRIMARY KEY("market_place_id","slug")
);

CREATE TABLE "products" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"market_place_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"description_html" text DEFAULT '' NOT NULL,
	"category" text NOT NULL,
	"price_pence" integer NOT NULL,
	"currency" text DEFAULT 'GBP' NOT NULL,
	"unit_label" text NOT NULL,
	"measure_amount" integer,
	"measure_unit" text,
	"vat_rate" integer DEFAULT 0 NOT NULL,
	"stock" integer,
	"image" text,
	"image_alt" text,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_measure" CHECK (measure_amount > 0 and (measure_amount is null) = (measure_unit is null)),
	CONSTRAINT "products_price" CHECK (price_pence >= 0),
	CONSTRAINT "products_stock" CHECK (stock >= 0)
);

CREATE TABLE "media" (
	"path" text PRIMARY KEY NOT NULL,
	"content_hash" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"placeholder" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "members" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"note" text,
	"labels" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"stripe_customer_id" text,
	"source_extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"source" text,
	"source_id" text,
	"source_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "memberships" (
	"user_id" uuid NOT NULL,
	"tier_id" uuid NOT NULL,
	"standing" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone,
	CONSTRAINT "memberships_user_id_tier_id_pk" PRIMARY KEY("user_id","tier_id")
);

CREATE TABLE "newsletter_subscriptions" (
	"user_id" uuid NOT NULL,
	"newsletter_id" uuid NOT NULL,
	"subscribed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "newsletter_subscriptions_user_id_newsletter_id_pk" PRIMARY KEY("user_id","newsletter_id")
);

CREATE TABLE "newsletters" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"subscribes_on_sign_up" boolean DEFAULT true NOT NULL,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"source_extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"source" text,
	"source_id" text,
	"source_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "newsletters_slug_unique" UNIQUE("slug")
);

CREATE TABLE "post_tiers" (
	"post_id" uuid NOT NULL,
	"tier_id" uuid NOT NULL,
	CONSTRAINT "post_tiers_post_id_tier_id_pk" PRIMARY KEY("post_id","tier_id")
);

CREATE TABLE "tiers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"description" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"visibility" text DEFAULT 'public' NOT NULL,
	"monthly_price" integer,
	"yearly_price" integer,
	"currency" text,
	"trial_days" integer DEFAULT 0 NOT NULL,
	"welcome_page_url" text,
	"benefits" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"source" text,
	"source_id" text,
	"source_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tiers_slug_unique" UNIQUE("slug")
);

CREATE TABLE "menu_nodes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"container_type" text DEFAULT '' NOT NULL,
	"container_id" text DEFAULT '' NOT NULL,
	"parent_id" uuid,
	"label" text NOT NULL,
	"app" text NOT NULL,
	"path" text NOT NULL,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "page_features" (
	"page_id" uuid NOT NULL,
	"feature" text NOT NULL,
	"switched_on_by" uuid,
	"switched_on_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "page_features_page_id_feature_pk" PRIMARY KEY("page_id","feature")
);

CREATE TABLE "passkey_challenges" (
	"place_hash" text PRIMARY KEY NOT NULL,
	"challenge" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);

CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"name" text NOT NULL,
	"is_backed_up" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone
);

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

CREATE TABLE "sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"app" text NOT NULL,
	"user_id" uuid NOT NULL,
	"login_id" text NOT NULL,
	"device_id" text NOT NULL,
	"sid" text DEFAULT '' NOT NULL,
	"authenticated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);

CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "known_devices" (
	"user_id" uuid NOT NULL,
	"device_id" text NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "known_devices_user_id_device_id_pk" PRIMARY KEY("user_id","device_id")
);

CREATE TABLE "login_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"address_hash" text NOT NULL,
	"network_hash" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE "login_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"interaction_hash" text NOT NULL,
	"code_hash" text,
	"code_attempts" integer DEFAULT 0 NOT NULL,
	"asked_from" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);

CREATE TABLE "logins" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"device_id" text NOT NULL,
	"app" text NOT NULL,
	"browser" text DEFAULT '' NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"country" text DEFAULT '' NOT NULL,
	"method" text DEFAULT 'email' NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);

CREATE TABLE "oidc_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"private_jwe" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"signs_since" timestamp with time zone,
	"retired_at" timestamp with time zone
);

CREATE TABLE "oidc_payloads" (
	"type" text NOT NULL,
	"id_hash" text NOT NULL,
	"payload" jsonb NOT NULL,
	"grant_id" text,
	"uid" text,
	"user_code" text,
	"login_id" text,
	"expires_at" timestamp with time zone,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "oidc_payloads_type_id_hash_pk" PRIMARY KEY("type","id_hash")
);

CREATE TABLE "post_tags" (
	"post_id" uuid NOT NULL,
	"tag_id" uuid NOT NULL,
	"sort_order" integer NOT NULL,
	CONSTRAINT "post_tags_post_id_tag_id_pk" PRIMARY KEY("post_id","tag_id")
);

CREATE TABLE "tag_groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tag_groups_slug_unique" UNIQUE("slug")
);

CREATE TABLE "tags" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"feature_image" text,
	"visibility" text DEFAULT 'public' NOT NULL,
	"accent_color" text,
	"group_id" uuid,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"canonical_url" text,
	"source_extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"meta" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"source" text,
	"source_id" text,
	"source_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tags_slug_unique" UNIQUE("slug")
);

CREATE TABLE "post_revisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"post_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"reason" text NOT NULL,
	"content" jsonb NOT NULL,
	"user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "post_revisions_version" UNIQUE("post_id","version")
);

CREATE TABLE "search_words" (
	"word" text PRIMARY KEY NOT NULL,
	"post_count" integer NOT NULL
);

CREATE TABLE "snippets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"lexical" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "snippets_name_unique" UNIQUE("name")
);

ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "event_deliveries" ADD CONSTRAINT "event_deliveries_activity_id_ap_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."ap_activities"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ap_deliveries" ADD CONSTRAINT "ap_deliveries_outbox_id_ap_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."ap_outbox"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ap_outbox" ADD CONSTRAINT "ap_outbox_profile_id_ap_actor_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."ap_actor_profiles"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ap_followers" ADD CONSTRAINT "ap_followers_profile_id_ap_actor_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."ap_actor_profiles"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ap_followers" ADD CONSTRAINT "ap_followers_actor_uri_ap_remote_actors_uri_fk" FOREIGN KEY ("actor_uri") REFERENCES "public"."ap_remote_actors"("uri") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ap_interactions" ADD CONSTRAINT "ap_interactions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ap_interactions" ADD CONSTRAINT "ap_interactions_actor_uri_ap_remote_actors_uri_fk" FOREIGN KEY ("actor_uri") REFERENCES "public"."ap_remote_actors"("uri") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ap_keys" ADD CONSTRAINT "ap_keys_profile_id_ap_actor_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."ap_actor_profiles"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "authors" ADD CONSTRAINT "authors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "post_authors" ADD CONSTRAINT "post_authors_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "post_authors" ADD CONSTRAINT "post_authors_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "client_apps" ADD CONSTRAINT "client_apps_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "comment_mails" ADD CONSTRAINT "comment_mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "comment_mails" ADD CONSTRAINT "comment_mails_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "comment_reports" ADD CONSTRAINT "comment_reports_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "comment_reports" ADD CONSTRAINT "comment_reports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "comments" ADD CONSTRAINT "comments_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "comments" ADD CONSTRAINT "comments_parent_id_comments_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."comments"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "comments" ADD CONSTRAINT "comments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "likes" ADD CONSTRAINT "likes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "calendar_entries" ADD CONSTRAINT "calendar_entries_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "ap_actor_profiles" ADD CONSTRAINT "ap_actor_profiles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ghost_deliveries" ADD CONSTRAINT "ghost_deliveries_source_id_ghost_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."ghost_sources"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "post_warnings" ADD CONSTRAINT "post_warnings_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "outgoing_webhooks" ADD CONSTRAINT "outgoing_webhooks_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integrations"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "product_categories" ADD CONSTRAINT "product_categories_market_place_id_market_places_id_fk" FOREIGN KEY ("market_place_id") REFERENCES "public"."market_places"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "products" ADD CONSTRAINT "products_market_place_id_market_places_id_fk" FOREIGN KEY ("market_place_id") REFERENCES "public"."market_places"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "products" ADD CONSTRAINT "products_category" FOREIGN KEY ("market_place_id","category") REFERENCES "public"."product_categories"("market_place_id","slug") ON DELETE no action ON UPDATE cascade;
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tier_id_tiers_id_fk" FOREIGN KEY ("tier_id") REFERENCES "public"."tiers"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "newsletter_subscriptions" ADD CONSTRAINT "newsletter_subscriptions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "newsletter_subscriptions" ADD CONSTRAINT "newsletter_subscriptions_newsletter_id_newsletters_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletters"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "post_tiers" ADD CONSTRAINT "post_tiers_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "post_tiers" ADD CONSTRAINT "post_tiers_tier_id_tiers_id_fk" FOREIGN KEY ("tier_id") REFERENCES "public"."tiers"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "page_features" ADD CONSTRAINT "page_features_page_id_posts_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_login_id_logins_id_fk" FOREIGN KEY ("login_id") REFERENCES "public"."logins"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "logins" ADD CONSTRAINT "logins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "oidc_payloads" ADD CONSTRAINT "oidc_payloads_login_id_logins_id_fk" FOREIGN KEY ("login_id") REFERENCES "public"."logins"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "post_tags" ADD CONSTRAINT "post_tags_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "post_tags" ADD CONSTRAINT "post_tags_tag_id_tags_id_fk" FOREIGN KEY ("tag_id") REFERENCES "public"."tags"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "tags" ADD CONSTRAINT "tags_group_id_tag_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."tag_groups"("id") ON DELETE set null ON UPDATE no action;
ALTER TABLE "post_revisions" ADD CONSTRAINT "post_revisions_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "post_revisions" ADD CONSTRAINT "post_revisions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
CREATE INDEX "email_changes_user_id" ON "email_changes" USING btree ("user_id");
CREATE INDEX "role_grants_role" ON "role_grants" USING btree ("role");
CREATE UNIQUE INDEX "users_email_unique" ON "users" USING btree (lower("email"));
CREATE UNIQUE INDEX "ap_activities_activity_id_unique" ON "ap_activities" USING btree ("activity_id");
CREATE UNIQUE INDEX "ap_activities_version_unique" ON "ap_activities" USING btree ("object_type","object_id","aggregate_version") WHERE aggregate_version is not null;
CREATE UNIQUE INDEX "event_deliveries_activity_unique" ON "event_deliveries" USING btree ("activity_id","handler");
CREATE INDEX "event_deliveries_pending" ON "event_deliveries" USING btree ("handler","next_attempt_at","id") WHERE state = 'pending';
CREATE INDEX "event_deliveries_order" ON "event_deliveries" USING btree ("handler","object_type","object_id","state","aggregate_version") WHERE aggregate_version is not null;
CREATE INDEX "event_deliveries_parked" ON "event_deliveries" USING btree ("id") WHERE state = 'parked';
CREATE INDEX "ap_inbox_pending" ON "ap_inbox" USING btree ("next_attempt_at") WHERE state = 'pending';
CREATE INDEX "ap_inbox_order" ON "ap_inbox" USING btree ("actor_uri","id") WHERE state = 'pending';
CREATE INDEX "ap_inbox_object" ON "ap_inbox" USING btree ("object_uri");
CREATE INDEX "ap_inbox_received" ON "ap_inbox" USING btree ("received_at");
CREATE UNIQUE INDEX "ap_deliveries_inbox_unique" ON "ap_deliveries" USING btree ("outbox_id","inbox");
CREATE INDEX "ap_deliveries_queued" ON "ap_deliveries" USING btree ("next_attempt_at") WHERE state = 'queued';
CREATE INDEX "ap_deliveries_order" ON "ap_deliveries" USING btree ("object_uri","inbox","outbox_id");
CREATE UNIQUE INDEX "ap_outbox_activity_unique" ON "ap_outbox" USING btree ("activity_uri");
CREATE INDEX "ap_outbox_object" ON "ap_outbox" USING btree ("object_uri");
CREATE INDEX "ap_followers_actor" ON "ap_followers" USING btree ("actor_uri");
CREATE INDEX "ap_interactions_actor" ON "ap_interactions" USING btree ("actor_uri");
CREATE INDEX "ap_interactions_activity" ON "ap_interactions" USING btree ("activity_uri");
CREATE UNIQUE INDEX "ap_keys_current_unique" ON "ap_keys" USING btree ("profile_id","kind") WHERE retired_at is null;
CREATE INDEX "ap_remote_actors_key" ON "ap_remote_actors" USING btree ("key_id");
CREATE INDEX "ap_remote_actors_host" ON "ap_remote_actors" USING btree ("host");
CREATE UNIQUE INDEX "authors_source_unique" ON "authors" USING btree ("source","source_id");
CREATE INDEX "post_authors_author_id" ON "post_authors" USING btree ("author_id");
CREATE UNIQUE INDEX "posts_type_slug_unique" ON "posts" USING btree ("type","slug");
CREATE UNIQUE INDEX "posts_source_unique" ON "posts" USING btree ("source","source_id");
CREATE INDEX "posts_listing" ON "posts" USING btree ("published_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE status = 'published' and type = 'post';
CREATE INDEX "posts_search" ON "posts" USING gin ("search_vector");
CREATE INDEX "posts_editing" ON "posts" USING btree ("updated_at" DESC NULLS LAST,"id" DESC NULLS LAST);
CREATE INDEX "posts_scheduled" ON "posts" USING btree ("published_at") WHERE status = 'scheduled';
CREATE INDEX "posts_trashed" ON "posts" USING btree ("trashed_at") WHERE status = 'trashed';
CREATE UNIQUE INDEX "cart_items_user_product" ON "cart_items" USING btree ("user_id","product_id") WHERE user_id is not null and deleted_at is null;
CREATE UNIQUE INDEX "cart_items_device_product" ON "cart_items" USING btree ("device_id","product_id") WHERE user_id is null and deleted_at is null;
CREATE INDEX "cart_items_removed_user" ON "cart_items" USING btree ("user_id","product_id") WHERE user_id is not null and deleted_at is not null;
CREATE INDEX "cart_items_removed_device" ON "cart_items" USING btree ("device_id","product_id") WHERE user_id is null and deleted_at is not null;
CREATE INDEX "cart_items_product" ON "cart_items" USING btree ("product_id");
CREATE INDEX "client_apps_owner_id" ON "client_apps" USING btree ("owner_id");
CREATE INDEX "comment_mails_comment" ON "comment_mails" USING btree ("comment_id");
CREATE INDEX "comment_mails_sent" ON "comment_mails" USING btree ("user_id","sent_at");
CREATE INDEX "comments_thread" ON "comments" USING btree ("post_id","created_at","id");
CREATE INDEX "comments_parent" ON "comments" USING btree ("parent_id");
CREATE INDEX "comments_user" ON "comments" USING btree ("user_id");
CREATE UNIQUE INDEX "comments_remote_unique" ON "comments" USING btree ("remote_url");
CREATE INDEX "comments_remote_author" ON "comments" USING btree ("author_url") WHERE remote_url is not null;
CREATE INDEX "comments_latest" ON "comments" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);
CREATE INDEX "comments_held" ON "comments" USING btree ("created_at") WHERE status = 'held';
CREATE INDEX "likes_target" ON "likes" USING btree ("target_type","target_id");
CREATE INDEX "calendar_entries_start" ON "calendar_entries" USING btree ("calendar_id","starts_at");
CREATE INDEX "calendar_entries_end" ON "calendar_entries" USING btree ("calendar_id","ends_at");
CREATE INDEX "calendar_entries_upcoming" ON "calendar_entries" USING btree ("ends_at") WHERE state = 'confirmed';
CREATE UNIQUE INDEX "calendars_slug_unique" ON "calendars" USING btree ("slug") WHERE deleted_at is null;
CREATE INDEX "calendars_container" ON "calendars" USING btree ("container_type","container_id");
CREATE UNIQUE INDEX "ap_actor_profiles_username_unique" ON "ap_actor_profiles" USING btree (lower("username"));
CREATE INDEX "ghost_deliveries_received_at" ON "ghost_deliveries" USING btree ("received_at");
CREATE INDEX "outgoing_webhooks_event" ON "outgoing_webhooks" USING btree ("event");
CREATE INDEX "outgoing_webhooks_integration_id" ON "outgoing_webhooks" USING btree ("integration_id");
CREATE UNIQUE INDEX "market_places_slug_unique" ON "market_places" USING btree ("slug") WHERE deleted_at is null;
CREATE INDEX "market_places_container" ON "market_places" USING btree ("container_type","container_id");
CREATE UNIQUE INDEX "products_slug_unique" ON "products" USING btree ("market_place_id","slug");
CREATE INDEX "products_listing" ON "products" USING btree ("market_place_id","category","sort_order");
CREATE INDEX "media_content_hash" ON "media" USING btree ("content_hash");
CREATE UNIQUE INDEX "members_source_unique" ON "members" USING btree ("source","source_id");
CREATE INDEX "memberships_tier_id" ON "memberships" USING btree ("tier_id");
CREATE INDEX "newsletter_subscriptions_newsletter_id" ON "newsletter_subscriptions" USING btree ("newsletter_id");
CREATE UNIQUE INDEX "newsletters_source_unique" ON "newsletters" USING btree ("source","source_id");
CREATE INDEX "post_tiers_tier_id" ON "post_tiers" USING btree ("tier_id");
CREATE UNIQUE INDEX "tiers_source_unique" ON "tiers" USING btree ("source","source_id");
CREATE INDEX "menu_nodes_parent" ON "menu_nodes" USING btree ("parent_id","sort_order");
CREATE INDEX "menu_nodes_container" ON "menu_nodes" USING btree ("container_type","container_id");
CREATE INDEX "passkey_challenges_expires_at" ON "passkey_challenges" USING btree ("expires_at");
CREATE INDEX "passkeys_user_id" ON "passkeys" USING btree ("user_id");
CREATE UNIQUE INDEX "relations_edge_unique" ON "relations" USING btree ("relation_type","from_type","from_id","to_type","to_id");
CREATE INDEX "relations_children" ON "relations" USING btree ("from_type","from_id","relation_type","sort_order") WHERE deleted_at is null;
CREATE INDEX "relations_parents" ON "relations" USING btree ("to_type","to_id","relation_type") WHERE deleted_at is null;
CREATE INDEX "sessions_sid" ON "sessions" USING btree ("sid") WHERE sid <> '';
CREATE INDEX "sessions_login_id" ON "sessions" USING btree ("login_id");
CREATE INDEX "sessions_user_id" ON "sessions" USING btree ("user_id");
CREATE INDEX "sessions_expires_at" ON "sessions" USING btree ("expires_at");
CREATE INDEX "known_devices_device_id" ON "known_devices" USING btree ("device_id","seen_at");
CREATE INDEX "login_requests_address" ON "login_requests" USING btree ("address_hash","requested_at");
CREATE INDEX "login_requests_network" ON "login_requests" USING btree ("network_hash","requested_at");
CREATE INDEX "login_tokens_email" ON "login_tokens" USING btree (lower("email"));
CREATE INDEX "login_tokens_interaction" ON "login_tokens" USING btree ("interaction_hash");
CREATE INDEX "logins_device_id" ON "logins" USING btree ("device_id","created_at");
CREATE INDEX "logins_user_id" ON "logins" USING btree ("user_id");
CREATE INDEX "oidc_payloads_grant_id" ON "oidc_payloads" USING btree ("grant_id") WHERE grant_id is not null;
CREATE INDEX "oidc_payloads_uid" ON "oidc_payloads" USING btree ("uid") WHERE uid is not null;
CREATE INDEX "oidc_payloads_user_code" ON "oidc_payloads" USING btree ("user_code") WHERE user_code is not null;
CREATE INDEX "oidc_payloads_login_id" ON "oidc_payloads" USING btree ("login_id") WHERE login_id is not null;
CREATE INDEX "oidc_payloads_expires_at" ON "oidc_payloads" USING btree ("expires_at");
CREATE INDEX "oidc_payloads_grants_of_account" ON "oidc_payloads" USING btree ((payload ->> 'accountId')) WHERE type = 'Grant';
CREATE INDEX "post_tags_tag_id" ON "post_tags" USING btree ("tag_id");
CREATE UNIQUE INDEX "tags_source_unique" ON "tags" USING btree ("source","source_id");
CREATE INDEX "tags_group" ON "tags" USING btree ("group_id","sort_order");
CREATE INDEX "search_words_similar" ON "search_words" USING gin ("word" gin_trgm_ops);
