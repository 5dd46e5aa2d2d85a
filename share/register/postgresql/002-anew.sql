-- A register of an earlier schema, anew: its schema is called transition_before by now, and 001-start.sql has made this one. All
-- that was is taken along, as it was; what the earlier one did not have yet begins as in a new one.
DO $anew$
DECLARE t text; columns text;
BEGIN
	FOREACH t IN ARRAY ARRAY['office', 'writer', 'setting', 'layout', 'key', 'put', 'put_key', 'record', 'access', 'access_person', 'handed'] LOOP
		SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute WHERE attrelid = format('transition.%I', t)::regclass
			AND attnum > 0 AND attname IN (SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(format('transition_before.%I', t))
			AND attnum > 0 AND NOT attisdropped);
		CONTINUE WHEN columns IS NULL;
		EXECUTE format('INSERT INTO transition.%I (%s) SELECT %s FROM transition_before.%I', t, columns, columns, t);
	END LOOP;
	IF to_regclass('transition_before.record_number') IS NOT NULL THEN
		EXECUTE 'SELECT setval(''transition.record_number'', last_value, is_called) FROM transition_before.record_number';
	ELSE
		PERFORM setval('transition.record_number', max(record)) FROM transition.record;
	END IF;
END $anew$;
DROP SCHEMA transition_before CASCADE;
