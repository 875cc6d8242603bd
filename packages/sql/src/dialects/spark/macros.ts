/** Spark's meanings that DuckDB has no function for, as macros: statements to run once a session.
 * What a macro does for a type is decided when DuckDB binds the query, by `typeof`, which it
 * folds. An error starts with the name of the macro that stands in the query, by which
 * `sparkRefusal` finds its place. */
export const sparkMacros: readonly string[] = Object.entries({
  'item(list, place)': `list[place + CASE WHEN typeof(list) LIKE 'MAP(%' THEN 0 ELSE 1 END]`,
  'item_at(list, place)': `CASE WHEN typeof(list) LIKE 'MAP(%' THEN list[place] WHEN place >= 0 THEN list[place + 1] END`,
  'outer(list)': `CASE WHEN coalesce(len(list), 0) = 0 THEN [NULL] ELSE list END`,

  'minus(difference, a, b)': `CASE WHEN (a = 'DATE' OR a LIKE 'TIMESTAMP%') AND (b = 'DATE' OR b LIKE 'TIMESTAMP%') THEN error('spark:minus: cast the date that is taken away: d - CAST(e AS DATE), or use datediff(end, start)') ELSE difference END`,
  'moved(value, type)': `CASE WHEN type = 'DATE' THEN error('spark:moved: cast the date that an INTERVAL is added to: CAST(d AS DATE) + INTERVAL ..., or use date_add') ELSE value END`,
  'no_decimal(value, type)': `CASE WHEN type LIKE 'DECIMAL%' THEN error('spark:no_decimal: avg of a DECIMAL is not supported in PIVOT; cast it to DOUBLE') ELSE value END`,
  'text_of(text, types)': `CASE WHEN list_has_any(types, ['FLOAT', 'DOUBLE']) THEN error('spark:text_of: cast the FLOAT or DOUBLE that is made a text: string(x)') ELSE text END`,
  'no_list(text, types)': `CASE WHEN len(list_filter(types, lambda "spark:e": "spark:e" LIKE '%]')) > 0 THEN error('spark:no_list: arrays are not supported in concat_ws; use array_join') ELSE text END`,
  'div(a, b)': `CASE WHEN typeof(a) LIKE '%INT%' AND typeof(b) LIKE '%INT%' THEN CAST(a // nullif(b, 0) AS BIGINT) ELSE CAST(trunc(CAST(a AS DOUBLE) / nullif(CAST(b AS DOUBLE), 0)) AS BIGINT) END`,
  'pmod(a, b)': `CASE WHEN a % nullif(b, 0) < 0 THEN (a % nullif(b, 0) + b) % nullif(b, 0) ELSE a % nullif(b, 0) END`,
  'ln(x)': `CASE WHEN x > 0 THEN ln(x) END`,
  'round_double(x, places)': `CASE WHEN abs(abs(CAST(x AS DOUBLE) * pow(10, places)) % 1 - 0.5) < 1e-6 THEN coalesce(CAST(round(TRY_CAST(CAST(x AS VARCHAR) AS DECIMAL(38, 15)), places) AS DOUBLE), round(x, places)) ELSE round(x, places) END`,
  'round(x, places)': `CASE WHEN typeof(x) = 'FLOAT' THEN CAST(CAST("spark:round_double"(x, places) AS FLOAT) AS DOUBLE) WHEN typeof(x) = 'DOUBLE' THEN "spark:round_double"(x, places) ELSE round(x, places) END`,

  // A type is a struct of the digits before and behind the point, and its kind: 0 for whole
  // numbers, 1 for DECIMAL, 2 for others.
  'type_of(name)': `(list_transform([name], lambda "spark:n": CASE WHEN "spark:n" LIKE 'DECIMAL(%' THEN struct_pack(digits := CAST(regexp_extract("spark:n", '(\\d+),', 1) AS INTEGER) - CAST(regexp_extract("spark:n", ',(\\d+)', 1) AS INTEGER), scale := CAST(regexp_extract("spark:n", ',(\\d+)', 1) AS INTEGER), kind := 1) ELSE struct_pack(digits := CASE "spark:n" WHEN 'TINYINT' THEN 3 WHEN 'SMALLINT' THEN 5 WHEN 'INTEGER' THEN 10 ELSE 20 END, scale := 0, kind := CASE WHEN "spark:n" LIKE '%INT' OR "spark:n" = 'INTEGER' THEN 0 ELSE 2 END) END))[1]`,
  'bounded(digits, scale, kind)': `CASE WHEN digits + scale <= 38 THEN struct_pack(digits := digits, scale := scale, kind := kind) ELSE struct_pack(digits := least(digits, 32), scale := greatest(38 - digits, least(scale, 6)), kind := kind) END`,
  'type_of_sum(x, y)': `(list_transform([struct_pack(a := x, b := y)], lambda "spark:t": "spark:bounded"(greatest(("spark:t").a.digits, ("spark:t").b.digits) + 1, greatest(("spark:t").a.scale, ("spark:t").b.scale), greatest(("spark:t").a.kind, ("spark:t").b.kind))))[1]`,
  'type_of_product(x, y)': `(list_transform([struct_pack(a := x, b := y)], lambda "spark:t": "spark:bounded"(("spark:t").a.digits + ("spark:t").b.digits + 1, ("spark:t").a.scale + ("spark:t").b.scale, greatest(("spark:t").a.kind, ("spark:t").b.kind))))[1]`,
  'type_of_div(x, y)': `(list_transform([struct_pack(a := x, b := y)], lambda "spark:t": "spark:bounded"(("spark:t").a.digits + ("spark:t").b.scale, greatest(6, ("spark:t").a.scale + ("spark:t").b.digits + ("spark:t").b.scale + 1), CASE WHEN greatest(("spark:t").a.kind, ("spark:t").b.kind) = 1 THEN 1 ELSE 2 END)))[1]`,
  'type_of_mod(x, y)': `(list_transform([struct_pack(a := x, b := y)], lambda "spark:t": "spark:bounded"(least(("spark:t").a.digits, ("spark:t").b.digits), greatest(("spark:t").a.scale, ("spark:t").b.scale), greatest(("spark:t").a.kind, ("spark:t").b.kind))))[1]`,
  'type_of_total(x)': `(list_transform([x], lambda "spark:t": struct_pack(digits := CASE ("spark:t").kind WHEN 1 THEN least(("spark:t").digits + 10, 38 - ("spark:t").scale) ELSE 20 END, scale := ("spark:t").scale, kind := ("spark:t").kind)))[1]`,
  'type_of_mean(x)': `(list_transform([x], lambda "spark:t": "spark:bounded"(("spark:t").digits, ("spark:t").scale + 4, CASE ("spark:t").kind WHEN 1 THEN 1 ELSE 2 END)))[1]`,
  'quotient(x, type)': `(list_transform([struct_pack(x := x, t := type)], lambda "spark:q": CASE WHEN ("spark:q").t.kind = 1 THEN round(("spark:q").x, ("spark:q").t.scale) ELSE ("spark:q").x END))[1]`,
  'mean(x, type)': `(list_transform([struct_pack(x := x, t := "spark:type_of_mean"("spark:type_of"(type)))], lambda "spark:q": CASE WHEN ("spark:q").t.kind = 1 THEN round(("spark:q").x, ("spark:q").t.scale) ELSE ("spark:q").x END))[1]`,

  'numeral(text)': `CASE WHEN regexp_full_match(text, '[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?[dDfF]?') THEN rtrim(text, 'dDfF') WHEN lower(text) IN ('nan', 'inf', '+inf', '-inf', 'infinity', '+infinity', '-infinity') THEN lower(text) END`,
  'trimmed(text)': `trim(CAST(text AS VARCHAR), E' \\t\\n\\r')`,
  'number(x)': `CASE WHEN typeof(x) = 'VARCHAR' THEN "spark:numeral"("spark:trimmed"(x)) WHEN typeof(x) = 'BOOLEAN' THEN CAST(CASE CAST(x AS VARCHAR) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END AS VARCHAR) ELSE CAST(x AS VARCHAR) END`,
  'within(x, low, high)': `CASE WHEN x BETWEEN low AND high THEN x WHEN x IS NOT NULL THEN CAST(error('spark:whole: CAST of ' || x || ' to a whole number overflows, for which Spark gives another number') AS HUGEINT) END`,
  'saturated(x, low, high)': `CASE WHEN isnan(x) THEN 0 WHEN low < -40000 THEN CAST(greatest(low, least(high, trunc(x))) AS HUGEINT) ELSE "spark:within"(TRY_CAST(trunc(x) AS HUGEINT), low, high) END`,
  'whole_text(text, low, high)': `CASE WHEN regexp_full_match(text, '[+-]?\\d{1,18}') THEN CASE WHEN CAST(text AS BIGINT) BETWEEN low AND high THEN CAST(text AS BIGINT) END WHEN regexp_full_match(text, '[+-]?(\\d+(\\.\\d*)?|\\.\\d*)') AND coalesce(TRY_CAST(regexp_extract(text, '^[+-]?\\d+') AS HUGEINT), CASE WHEN regexp_matches(text, '^[+-]?\\.') THEN 0 END) BETWEEN low AND high THEN coalesce(TRY_CAST(regexp_extract(text, '^[+-]?\\d+') AS BIGINT), 0) END`,
  'whole(x, low, high)': `CASE WHEN typeof(x) = 'VARCHAR' THEN "spark:whole_text"("spark:trimmed"(x), low, high) WHEN typeof(x) IN ('FLOAT', 'DOUBLE') THEN "spark:saturated"(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE), low, high) WHEN typeof(x) LIKE 'DECIMAL%' THEN "spark:within"(TRY_CAST(trunc(TRY_CAST(CAST(x AS VARCHAR) AS DECIMAL(38, 10))) AS HUGEINT), low, high) WHEN typeof(x) = 'BOOLEAN' THEN CAST(CAST(CAST(x AS VARCHAR) AS BOOLEAN) AS HUGEINT) WHEN typeof(x) LIKE '%INT' OR typeof(x) = 'INTEGER' THEN "spark:within"(TRY_CAST(CAST(x AS VARCHAR) AS HUGEINT), low, high) WHEN typeof(x) = '"NULL"' THEN NULL ELSE CAST(error('spark:whole: CAST of ' || typeof(x) || ' to a whole number is not supported') AS HUGEINT) END`,
  'boolean(x)': `CASE WHEN typeof(x) = 'VARCHAR' THEN CASE WHEN lower("spark:trimmed"(x)) IN ('t', 'true', 'y', 'yes', '1') THEN TRUE WHEN lower("spark:trimmed"(x)) IN ('f', 'false', 'n', 'no', '0') THEN FALSE END WHEN typeof(x) = 'BOOLEAN' THEN TRY_CAST(CAST(x AS VARCHAR) AS BOOLEAN) ELSE TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE) <> 0 END`,
  'scientific(sign, digits, exponent)': `sign || digits[1] || '.' || CASE WHEN rtrim(digits[2:], '0') = '' THEN '0' ELSE rtrim(digits[2:], '0') END || 'E' || exponent`,
  'plain_text(text, sign)': `CASE WHEN text LIKE '%e%' THEN "spark:scientific"(sign, replace(regexp_extract(text, '^[^e]+'), '.', ''), CAST(regexp_extract(text, 'e(.+)$', 1) AS INTEGER)) WHEN CAST(text AS DOUBLE) >= 1e7 THEN "spark:scientific"(sign, replace(text, '.', ''), len(regexp_extract(text, '^\\d+')) - 1) WHEN CAST(text AS DOUBLE) > 0 AND CAST(text AS DOUBLE) < 1e-3 THEN "spark:scientific"(sign, regexp_extract(text, '[1-9]\\d*$'), -len(regexp_extract(text, '\\.(0*)', 1)) - 1) ELSE sign || text END`,
  'float_text(text)': `CASE WHEN text LIKE '%nan' THEN 'NaN' WHEN text LIKE '%inf' THEN replace(text, 'inf', 'Infinity') WHEN text LIKE '-%' THEN "spark:plain_text"(text[2:], '-') ELSE "spark:plain_text"(text, '') END`,
  'string(x)': `CASE WHEN typeof(x) IN ('FLOAT', 'DOUBLE') THEN "spark:float_text"(CAST(x AS VARCHAR)) WHEN typeof(x) LIKE '%]' OR typeof(x) LIKE 'STRUCT%' OR typeof(x) LIKE 'MAP%' OR typeof(x) IN ('BLOB', 'INTERVAL') OR typeof(x) LIKE '%TIME ZONE' THEN error('spark:string: CAST of ' || typeof(x) || ' to STRING is not supported') ELSE CAST(x AS VARCHAR) END`,
  'formatted(x)': `CASE WHEN typeof(x) IN ('VARCHAR', 'BOOLEAN', 'INTEGER', 'FLOAT', 'DOUBLE', '"NULL"') OR typeof(x) LIKE '%INT' OR typeof(x) LIKE 'DECIMAL%' THEN "spark:string"(x) ELSE error('spark:formatted: %s of ' || typeof(x) || ' is not supported; write string(x)') END`,
  'formatted_whole(x)': `CASE WHEN typeof(x) IN ('INTEGER', '"NULL"') OR typeof(x) LIKE '%INT' THEN CAST(x AS VARCHAR) ELSE error('spark:formatted_whole: %d of ' || typeof(x) || '; it needs a whole number') END`,
  'days(a, b)': `CASE WHEN typeof(a) = 'DATE' AND typeof(b) = 'DATE' THEN to_days(CAST(CAST(a AS DATE) - CAST(b AS DATE) AS INTEGER)) ELSE error('spark:days: a ' || typeof(a) || ' minus a date is not supported; cast it to DATE') END`,
  'moved_by(value, a, b)': `CASE WHEN (a = 'DATE' AND b = 'INTERVAL') OR (a = 'INTERVAL' AND b = 'DATE') THEN error('spark:moved_by: a date and an INTERVAL from a column or a difference are not supported; use date_add') ELSE value END`,
  'described(type, name)': `CASE WHEN regexp_full_match(type, '(TINYINT|SMALLINT|INTEGER|BIGINT|FLOAT|DOUBLE|VARCHAR|BOOLEAN|DATE|TIMESTAMP|BLOB|DECIMAL\\(\\d+,\\d+\\))(\\[\\])*') THEN repeat('array<', len(regexp_extract_all(type, '\\[\\]'))) || CASE regexp_extract(type, '^\\w+') WHEN 'INTEGER' THEN 'int' WHEN 'VARCHAR' THEN 'string' WHEN 'BLOB' THEN 'binary' WHEN 'DECIMAL' THEN lower(regexp_extract(type, '^[^\\[]+')) ELSE lower(regexp_extract(type, '^\\w+')) END || repeat('>', len(regexp_extract_all(type, '\\[\\]'))) ELSE error('spark:described: DESCRIBE of the column ' || name || ' of ' || type || ' is not supported; use SHOW COLUMNS, or DESCRIBE in the dialect duckdb') END`,
  'day_of(text)': `CASE WHEN regexp_full_match(text, '\\d{4}(-\\d{1,2}(-\\d{1,2}([ T].*)?)?)?') THEN TRY_CAST(text[1:4] || '-' || lpad(coalesce(nullif(regexp_extract(text, '^\\d{4}-(\\d{1,2})', 1), ''), '1'), 2, '0') || '-' || lpad(coalesce(nullif(regexp_extract(text, '^\\d{4}-\\d{1,2}-(\\d{1,2})', 1), ''), '1'), 2, '0') AS DATE) END`,
  'date(x)': `CASE WHEN typeof(x) = 'VARCHAR' THEN "spark:day_of"("spark:trimmed"(x)) ELSE TRY_CAST(x AS DATE) END`,
  'clock_of(text)': `lpad(coalesce(nullif(regexp_extract(text, '^(\\d{1,2})', 1), ''), '0'), 2, '0') || ':' || lpad(coalesce(nullif(regexp_extract(text, '^\\d{1,2}:(\\d{1,2})', 1), ''), '0'), 2, '0') || ':' || lpad(coalesce(nullif(regexp_extract(text, '^\\d{1,2}:\\d{1,2}:(\\d{1,2})', 1), ''), '0'), 2, '0') || regexp_extract(text, '\\.\\d*$')`,
  'time_of(text)': `CASE WHEN regexp_full_match(text, '\\d{4}(-\\d{1,2}(-\\d{1,2}([ T](\\d{1,2}(:\\d{1,2}(:\\d{1,2}(\\.\\d{0,6})?)?)?)?)?)?)?') THEN TRY_CAST(CAST("spark:day_of"(text) AS VARCHAR) || ' ' || "spark:clock_of"(regexp_extract(text, '[ T](.*)$', 1)) AS TIMESTAMP) WHEN regexp_matches(text, '^\\d{4}-.*\\d(Z|[+-]\\d|\\s*[A-Z])') OR regexp_matches(text, '^T?\\d{1,2}:\\d') THEN CAST(error('spark:timestamp: the time ' || text || ' has a time zone or no date, which is not supported') AS TIMESTAMP) END`,
  'timestamp(x)': `CASE WHEN typeof(x) = 'VARCHAR' THEN "spark:time_of"("spark:trimmed"(x)) ELSE TRY_CAST(x AS TIMESTAMP) END`,

  'start(text, place)': `CASE WHEN place > 0 THEN place - 1 WHEN place < 0 THEN length(text) + place ELSE 0 END`,
  'substring(text, place, count)': `CASE WHEN text IS NULL OR place IS NULL OR count IS NULL THEN NULL WHEN count <= 0 THEN '' ELSE substring(text, greatest("spark:start"(text, place), 0) + 1, greatest("spark:start"(text, place) + CAST(count AS BIGINT), 0) - greatest("spark:start"(text, place), 0)) END`,
  'locate_from(part, text, place)': `CASE WHEN part IS NULL OR text IS NULL THEN NULL WHEN place < 1 OR place IS NULL THEN 0 WHEN instr(substring(text, place), part) = 0 THEN 0 ELSE instr(substring(text, place), part) + place - 1 END`,
  'substring_index(text, part, count)': `CASE WHEN part = '' OR count = 0 THEN CASE WHEN text IS NOT NULL THEN '' END WHEN count > 0 THEN array_to_string(list_slice(string_split(text, part), 1, count), part) WHEN count < 0 THEN array_to_string(list_slice(string_split(text, part), greatest(len(string_split(text, part)) + count + 1, 1), len(string_split(text, part))), part) END`,
  'char(code)': `CASE WHEN code < 0 THEN '' ELSE chr(CAST(code % 256 AS INTEGER)) END`,
  'initcap(text)': `array_to_string(list_transform(string_split(lower(text), ' '), lambda "spark:e": upper("spark:e"[1]) || "spark:e"[2:]), ' ')`,

  'slice(list, place, count)': `CASE WHEN list IS NULL OR place IS NULL OR count IS NULL THEN NULL WHEN place > 0 THEN list_slice(list, place, place + count - 1) WHEN len(list) + place < 0 THEN list[1:0] ELSE list_slice(list, len(list) + place + 1, len(list) + place + count) END`,
  'array_contains(list, item)': `CASE WHEN list IS NULL OR item IS NULL THEN NULL WHEN list_contains(list, item) THEN TRUE WHEN list_count(list) < len(list) THEN NULL ELSE FALSE END`,
  'holds(list, item)': `CASE WHEN item IS NULL THEN list_count(list) < len(list) ELSE list_contains(list, item) END`,
  'array_distinct(list)': `list_filter(list, lambda "spark:e", "spark:i": NOT "spark:holds"(list[1:"spark:i" - 1], "spark:e"))`,
  'array_except(a, b)': `CASE WHEN b IS NOT NULL THEN list_filter("spark:array_distinct"(a), lambda "spark:e": NOT "spark:holds"(b, "spark:e")) END`,
  'array_intersect(a, b)': `CASE WHEN b IS NOT NULL THEN list_filter("spark:array_distinct"(a), lambda "spark:e": "spark:holds"(b, "spark:e")) END`,
  'arrays_overlap(a, b)': `CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN list_has_any(list_filter(a, lambda "spark:e": "spark:e" IS NOT NULL), b) THEN TRUE WHEN len(a) > 0 AND len(b) > 0 AND (list_count(a) < len(a) OR list_count(b) < len(b)) THEN NULL ELSE FALSE END`,
  'flatten(lists)': `CASE WHEN list_count(lists) = len(lists) THEN flatten(lists) END`,
  'any_true(list)': `CASE WHEN list IS NULL THEN NULL WHEN list_contains(list, TRUE) THEN TRUE WHEN list_count(list) < len(list) THEN NULL ELSE FALSE END`,
  'all_true(list)': `CASE WHEN list IS NULL THEN NULL WHEN list_contains(list, FALSE) THEN FALSE WHEN list_count(list) < len(list) THEN NULL ELSE TRUE END`,
}).map(([head, body]) => {
  const [, name, parameters] = /^(\w+)\((.*)\)$/.exec(head)!;
  return `CREATE OR REPLACE TEMP MACRO "spark:${name}"(${parameters}) AS ${body}`;
});
