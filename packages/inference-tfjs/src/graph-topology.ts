/** What has to be known of a TF.js graph beside what TF.js itself tells. */
export interface GraphTopology {
  has(output: string): boolean;
  /** The element type of a node's output as its attributes say it. */
  dtype(output: string): string | undefined;
  /** True when the nodes that `outputs` depend on include control flow or shapes that only the
   * numbers decide, which TF.js runs by `executeAsync` alone. */
  isDynamic(outputs: readonly string[]): boolean;
  /** The constants whose numbers `outputs` are computed from. */
  constants(outputs: readonly string[]): readonly string[];
}

interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, { readonly type?: string | number }>>;
}

// The lists of tfjs-converter's graph_executor.ts: CONTROL_FLOW_OPS, DYNAMIC_SHAPE_OPS,
// HASH_TABLE_OPS.
const dynamicOp =
  /^(Switch|Merge|Enter|Exit|NextIteration|StatelessIf|StatelessWhile|if|If|While|NonMaxSuppressionV[235]|Where|HashTable(V2)?|LookupTable(Import|Find|Size)(V2)?|TensorArray\w+|TensorList\w+)$/;

const types: Readonly<Record<string, string>> = {
  1: 'float32',
  3: 'int32',
  9: 'int32',
  10: 'bool',
  DT_FLOAT: 'float32',
  DT_INT32: 'int32',
  DT_INT64: 'int32',
  DT_BOOL: 'bool',
};

/** The graph of a `modelTopology`. */
export function createGraphTopology(topology: object): GraphTopology {
  const list = (topology as { node?: readonly GraphNode[] }).node ?? [];
  const nodes = new Map(list.map((node) => [node.name, node]));
  return {
    has: (output) => nodes.has(nodeOf(output)),
    dtype(output) {
      const { DstT, dtype, T } = nodes.get(nodeOf(output))?.attr ?? {};
      return types[String((DstT ?? dtype ?? T)?.type)];
    },
    isDynamic: (outputs) => reachable(nodes, outputs, () => true).some(({ op }) => dynamicOp.test(op)),
    constants: (outputs) =>
      reachable(nodes, outputs, isData)
        .filter(({ op }) => op === 'Const')
        .map(({ name }) => name),
  };
}

/** The node that an output such as `split:1` belongs to. */
export function nodeOf(output: string): string {
  return output.replace(/^\^/, '').replace(/:\d+$/, '');
}

/** `^a` waits for a node, and reads nothing of it. */
function isData(input: string): boolean {
  return !input.startsWith('^');
}

function reachable(
  nodes: ReadonlyMap<string, GraphNode>,
  outputs: readonly string[],
  follows: (input: string) => boolean,
): GraphNode[] {
  const seen = new Set(outputs.map(nodeOf));
  for (const name of seen)
    for (const input of nodes.get(name)?.input ?? []) if (follows(input)) seen.add(nodeOf(input));
  return [...seen].flatMap((name) => nodes.get(name) ?? []);
}
