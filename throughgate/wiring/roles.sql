-- The roles of a Throughgate database. Run as a superuser, or as a role that may create roles; running it again
-- changes nothing. On a real installation give each that signs in a password or a certificate afterwards.
--
-- tg_owner    owns the tables and runs migrations; never serves
-- tg_web      what the web server is; may only what the migrations granted it
-- tg_worker   imports and jobs
-- tg_reports  reads what is published; nothing about a person
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['tg_owner', 'tg_web', 'tg_worker', 'tg_reports'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name);
        END IF;
    END LOOP;
END
$$;
