import { writeCallOver } from './calls.ts';
import { writeOrder } from './order.ts';
import { duckdbName } from './string-literals.ts';
import { isEmpty, nodeOf, nodesOf } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** A call over a window. */
export function writeWindowed(node: SyntaxNode, writer: SparkWriter): string {
  const { this: call, over } = writer.fields(node, ['this', 'over']);
  const window = over as Fields;
  const own = Object.keys(window).filter((name) => name !== 'window_name' && !isEmpty(window[name]));
  const text = window['window_name'] && own.length === 0 ? duckdbName(writer.name(window['window_name'])) : '';
  return writeCallOver(nodeOf(call), ` OVER ${text || `(${writeWindow(node, window, writer)})`}`, writer);
}

/** What stands in the parentheses of a window. */
export function writeWindow(node: SyntaxNode, window: Fields, writer: SparkWriter): string {
  const { window_name, partition_by, order_by, frame } = writer.fields({ kind: 'window', fields: window }, [
    'window_name',
    'partition_by',
    'order_by',
    'frame',
  ]);
  const partition = nodesOf(partition_by).map((item) => writer.expression(item));
  const order = (order_by as readonly unknown[] | undefined) ?? [];
  return [
    window_name ? duckdbName(writer.name(window_name)) : '',
    partition.length > 0 ? `PARTITION BY ${partition.join(', ')}` : '',
    order.length > 0 ? `ORDER BY ${order.map((item) => writeOrder(item, writer)).join(', ')}` : '',
    frame ? writeFrame(node, frame as Fields, writer) : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function writeFrame(node: SyntaxNode, frame: Fields, writer: SparkWriter): string {
  const { kind, start, end } = writer.fields({ kind: 'frame', fields: frame }, ['kind', 'start', 'end']);
  const name = String(kind).toUpperCase();
  if (name !== 'ROWS' && name !== 'RANGE') return writer.refuse(node, `a window's frame of ${name}`);
  const first = writeBound(node, start, writer);
  return isEmpty(end) ? `${name} ${first}` : `${name} BETWEEN ${first} AND ${writeBound(node, end, writer)}`;
}

function writeBound(node: SyntaxNode, bound: unknown, writer: SparkWriter): string {
  if (bound === 'UnboundedPreceding') return 'UNBOUNDED PRECEDING';
  if (bound === 'UnboundedFollowing') return 'UNBOUNDED FOLLOWING';
  if (bound === 'CurrentRow') return 'CURRENT ROW';
  const [entry] = Object.entries((bound ?? {}) as Fields);
  if (entry?.[0] === 'Preceding') return `${writer.expression(nodeOf(entry[1]))} PRECEDING`;
  if (entry?.[0] === 'Following') return `${writer.expression(nodeOf(entry[1]))} FOLLOWING`;
  return writer.refuse(node, "a window's frame in this form");
}
