CREATE TABLE "comment_mails" (
	"user_id" uuid NOT NULL,
	"comment_id" uuid NOT NULL,
	"why" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "comment_mails_user_id_comment_id_pk" PRIMARY KEY("user_id","comment_id")
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "mails_of_comments" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "comment_mails" ADD CONSTRAINT "comment_mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_mails" ADD CONSTRAINT "comment_mails_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comment_mails_comment" ON "comment_mails" USING btree ("comment_id");--> statement-breakpoint
CREATE INDEX "comment_mails_sent" ON "comment_mails" USING btree ("user_id","sent_at");--> statement-breakpoint
CREATE INDEX "comments_remote_author" ON "comments" USING btree ("author_url") WHERE remote_url is not null;