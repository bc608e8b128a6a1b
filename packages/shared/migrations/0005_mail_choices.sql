ALTER TABLE "users" ADD COLUMN "mails_of_answers" boolean DEFAULT true NOT NULL;--> statement-breakpoint
-- One switch was for both until now: whoever had turned it off wants neither.
UPDATE "users" SET "mails_of_answers" = "mails_of_comments";
