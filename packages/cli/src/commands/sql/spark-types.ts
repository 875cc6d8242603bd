/** What DuckDB calls Spark's types that have no parts; others have the same names in both. */
const plain: Readonly<Record<string, string>> = {
  int: 'INTEGER',
  string: 'VARCHAR',
  binary: 'BLOB',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
  timestamp_ntz: 'TIMESTAMP',
};

/** A type of Spark as DuckDB writes it, which results are printed by.
 * @example duckdbType('array<struct<label:string,score:float>>') // 'STRUCT("label" VARCHAR, "score" FLOAT)[]'
 */
export function duckdbType(spark: string): string {
  const tokens = spark.match(/`(?:[^`]|``)*`|[<>,:]|[^<>,:`]+/g) ?? [];
  let at = 0;
  const take = (token: string): boolean => tokens[at] === token && at++ >= 0;
  const listed = (item: () => string): string[] => {
    const items: string[] = [];
    while (at < tokens.length && !take('>')) {
      items.push(item());
      take(',');
    }
    return items;
  };
  const field = (): string => {
    const name = tokens[at++] ?? '';
    const plainName = name.startsWith('`') ? name.slice(1, -1).replaceAll('``', '`') : name;
    take(':');
    return `"${plainName.replaceAll('"', '""')}" ${type()}`;
  };
  const type = (): string => {
    const name = (tokens[at++] ?? '').trim();
    if (take('<')) {
      if (name === 'struct') return `STRUCT(${listed(field).join(', ')})`;
      const parts = listed(type);
      return name === 'array' ? `${parts.join(', ')}[]` : `MAP(${parts.join(', ')})`;
    }
    // The two numbers of a decimal.
    if (/\(\d+$/.test(name) && take(',')) return `${name},${tokens[at++] ?? ''}`.toUpperCase();
    return plain[name] ?? name.toUpperCase();
  };
  return type();
}
