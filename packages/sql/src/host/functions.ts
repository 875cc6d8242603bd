import { assertFunctions, hasFunctions, QualmError, wrongArgument } from '@qualm/types';
import type { Strategy } from '@qualm/types';
import { scoreRows } from '../functions/score-rows.ts';
import type { FunctionRequest, ScoreRequest } from '../protocol.ts';
import type { SqlFunction } from '../sql-session.ts';

/** Functions of the caller's, by their names in SQL. */
export interface Functions {
  /** @throws RangeError for an async function, or what is not a function. */
  add(name: string, definition: SqlFunction | Strategy): FunctionRequest;
  /** One value for each row; NULL where one of the values is. */
  call(name: string, columns: readonly (readonly unknown[])[]): readonly unknown[];
  /** One number for each list of scores. */
  score(request: ScoreRequest): Float64Array;
}

export function createFunctions(): Functions {
  const callables = new Map<string, (...values: readonly unknown[]) => unknown>();
  const strategies = new Map<string, Strategy>();
  return {
    add(name, definition) {
      if (typeof name !== 'string' || !/^[a-z_]\w{0,254}$/i.test(name))
        throw wrongArgument('createFunction', 'the name', name, 'letters, digits and _, a letter first');
      if (hasFunctions(definition, 'score')) {
        const strategy = definition as Strategy;
        assertPlain(name, strategy.score);
        strategies.set(name, strategy);
        return { name, ask: 'score', parameters: ['FLOAT[]'], returns: 'DOUBLE' };
      }
      const { parameters, returns, call } = callableOf(name, definition as SqlFunction);
      assertPlain(name, call);
      callables.set(name, call);
      return { name, ask: 'call', parameters, returns };
    },
    score: ({ name, scores, offsets }) => scoreRows(strategies.get(name)!, scores, offsets),
    call(name, columns) {
      const call = callables.get(name)!;
      const length = columns[0]?.length ?? 0;
      return Array.from({ length }, (_, row) => {
        const values = columns.map((column) => column[row]);
        return values.includes(null) ? null : callOnce(name, call, values);
      });
    },
  };
}

interface Callable {
  readonly parameters: readonly string[];
  readonly returns: string;
  readonly call: (...values: readonly unknown[]) => unknown;
}

function assertPlain(name: string, fn: { readonly constructor: { readonly name: string } }): void {
  if (fn.constructor.name !== 'AsyncFunction' && !/Generator/.test(fn.constructor.name)) return;
  throw new RangeError(
    `createFunction: "${name}" is async; DuckDB does not wait for promises: expected a plain function`,
  );
}

function callableOf(name: string, definition: SqlFunction): Callable {
  const where = `createFunction "${name}"`;
  const wanted = "{ parameters: ['INTEGER'], returns: 'VARCHAR', call: (id) => ... }";
  assertFunctions(where, 'it', definition, ['call'], wanted);
  const { parameters, returns, call } = definition;
  if (!Array.isArray(parameters) || parameters.length === 0)
    throw wrongArgument(where, 'parameters', parameters, "types such as ['INTEGER']");
  return { parameters, returns, call: call as Callable['call'] };
}

function callOnce(name: string, call: Callable['call'], values: readonly unknown[]): unknown {
  let value: unknown;
  try {
    value = call(...values);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QualmError('query-failed', `${name}(${shown(values)}): ${reason}`, { cause });
  }
  if (typeof (value as { then?: unknown } | null | undefined)?.then === 'function')
    throw new QualmError('query-failed', `${name}(${shown(values)}): it returned a promise; expected a value`);
  return value ?? null;
}

function shown(values: readonly unknown[]): string {
  const text = values.map((value) => (ArrayBuffer.isView(value) ? '[...]' : JSON.stringify(value))).join(', ');
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
