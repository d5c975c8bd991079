from django.db import migrations

# What leave a connection has been given; each is asked once in a query, as (SELECT tg_...).
FUNCTIONS = """
CREATE FUNCTION tg_setting(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('tg.' || name, true), '');
CREATE FUNCTION tg_id(name text) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(tg_setting(name), '')::uuid;
CREATE FUNCTION tg_ids(name text) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(tg_setting(name), ',')::uuid[];
CREATE FUNCTION tg_words(name text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(tg_setting(name), ',');
"""
GONE = """
DROP FUNCTION tg_words(text);
DROP FUNCTION tg_ids(text);
DROP FUNCTION tg_id(text);
DROP FUNCTION tg_setting(text);
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal")]
    operations = [migrations.RunSQL(FUNCTIONS, GONE)]
