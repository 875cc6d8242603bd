/** A kind of what people say of things that have ids, such as marks of cells: how it is read, and
 * how those get along who change it at the same time.
 * @template Value what is said of one thing
 * @template Change what somebody changed of it
 */
export interface KeptKind<Value, Change extends object> {
  /** What messages and the server's address call it. */
  readonly name: 'marks' | 'answers';
  /** What the names of a browser's entries begin with. */
  readonly prefix: string;
  /** A value from outside, as it may be; null for none, and for what is none. */
  read(value: unknown): Value | null;
  /** The change that leads from one to another; an empty one between equals. */
  changeBetween(before: Value | null, after: Value | null): Change;
  apply(current: Value | null, change: Change): Changed<Value>;
  /** A change from outside; null for anything else. */
  readChange(value: Readonly<Record<string, unknown>>): Change | null;
}

/** What a store holds after a change. */
export interface Changed<Value> {
  readonly value: Value | null;
  /** True where somebody else had changed it meanwhile: it is as they left it. */
  readonly isBehind: boolean;
}

/** A change, and whose. */
export type Named<Change extends object> = Change & { readonly id: string };

/** Values by ids. */
export type Kept<Value> = ReadonlyMap<string, Value>;

/** The largest request of changes that a server takes, in bytes: some 8,000 marks. */
export const mostChangeBytes: number = 2 ** 20;

/** Sets a value; null takes it away. */
export function putValue<Value>(all: Map<string, Value>, id: string, value: Value | null): void {
  if (value === null) all.delete(id);
  else all.set(id, value);
}

/** True where nothing leads from one to the other. */
export function isSame<Value, Change extends object>(
  kind: KeptKind<Value, Change>,
  one: Value | null,
  two: Value | null,
): boolean {
  return Object.keys(kind.changeBetween(one, two)).length === 0;
}

/** Changes from outside, `{ changes: [{ id, ... }] }`; null for anything else. */
export function readChanges<Value, Change extends object>(
  kind: KeptKind<Value, Change>,
  value: unknown,
): Named<Change>[] | null {
  const { changes } = Object(value) as { changes?: unknown };
  if (!Array.isArray(changes)) return null;
  const read = changes.map((one: unknown): Named<Change> | null => {
    if (typeof one !== 'object' || one === null) return null;
    const { id, ...rest } = one as Readonly<Record<string, unknown>>;
    const change = typeof id === 'string' ? kind.readChange(rest) : null;
    return change && { id: id as string, ...change };
  });
  return read.includes(null) ? null : (read as Named<Change>[]);
}
