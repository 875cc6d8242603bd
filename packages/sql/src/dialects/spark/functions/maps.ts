import { scalar, withArity } from '../call.ts';
import type { Call, CallWriter } from '../call.ts';
import type { SparkWriter } from '../writer.ts';
import { chosen } from './conditions.ts';

/** Functions of maps. */
export const mapCalls: Readonly<Record<string, CallWriter>> = {
  map: writeMap,
  map_concat: withArity(1, Infinity, ({ args }, writer) => {
    const texts = args.map((arg) => writer.expression(arg));
    return `CASE WHEN NOT (${texts.map((text) => `${text} IS NULL`).join(' OR ')}) THEN map_concat(${texts.join(', ')}) END`;
  }),
  map_contains_key: scalar(2, 'list_contains(map_keys($1), $2)'),
  map_entries: scalar(1, 'map_entries($1)'),
  map_from_arrays: scalar(2, 'map($1, $2)'),
  map_from_entries: scalar(1, 'map_from_entries($1)'),
  map_keys: scalar(1, 'map_keys($1)'),
  map_values: scalar(1, 'map_values($1)'),
};

function writeMap(call: Call, writer: SparkWriter): string {
  const { args } = call;
  if (args.length % 2 === 1)
    return writer.reject(call.node, `map: expected keys and values in pairs, came ${args.length} arguments`);
  const list = (rest: number): string =>
    chosen(
      args.filter((_, index) => index % 2 === rest),
      (texts) => `[${texts.join(', ')}]`,
      writer,
    );
  return args.length === 0 ? 'MAP {}' : `map(${list(0)}, ${list(1)})`;
}
