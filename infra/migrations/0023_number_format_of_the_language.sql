-- expand: whether a number format was chosen. Builds before this one take every format for chosen.
ALTER TABLE "viewer_settings" ADD COLUMN "number_format_chosen" boolean DEFAULT true NOT NULL;
