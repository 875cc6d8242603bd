/** One node of a TF.js graph. */
export interface TfNode {
  readonly name: string;
  readonly op: string;
  /** Names of tensors: a node's first output by the node's name, others as `name:1`. Control inputs
   * are left out.
   */
  readonly inputs: readonly string[];
  readonly attr: Readonly<Record<string, TfAttribute>>;
}

interface TfAttribute {
  /** Bytes, or their base64. */
  readonly s?: readonly number[] | string;
  readonly i?: string | number;
  readonly f?: number;
  readonly b?: boolean;
  readonly type?: number | string;
  readonly list?: { readonly i?: readonly (string | number)[]; readonly s?: readonly (readonly number[] | string)[] };
}

/** The nodes of a `model.json`, by name. */
export function readGraph(modelJson: object): ReadonlyMap<string, TfNode> {
  const { modelTopology } = modelJson as { modelTopology?: { node?: RawNode[] } };
  const nodes = modelTopology?.node;
  if (nodes === undefined)
    throw new Error('model.json has no modelTopology.node; only TF.js graph models can be converted');
  return new Map(nodes.map((node) => [node.name, readNode(node)]));
}

interface RawNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, TfAttribute>>;
}

function readNode({ name, op, input = [], attr = {} }: RawNode): TfNode {
  const inputs = input.filter((source) => !source.startsWith('^')).map((source) => source.replace(/:0$/, ''));
  return { name, op, inputs, attr };
}

/** The node and the number of its output that a tensor's name means: `split:1` is output 1 of
 * `split`.
 */
export function splitTensorName(tensor: string): { readonly node: string; readonly output: number } {
  const [, node, output = '0'] = /^(.*?)(?::(\d+))?$/.exec(tensor)!;
  return { node: node!, output: Number(output) };
}

/** A text attribute, or the empty string. */
export function textOf(node: TfNode, key: string): string {
  return decode(node.attr[key]?.s);
}

/** A list of texts, empty when absent. */
export function textsOf(node: TfNode, key: string): string[] {
  return (node.attr[key]?.list?.s ?? []).map(decode);
}

/** An integer attribute, or `absent`. */
export function intOf(node: TfNode, key: string, absent: number): number {
  return Number(node.attr[key]?.i ?? absent);
}

/** A list of integers, empty when absent. */
export function intsOf(node: TfNode, key: string): number[] {
  return (node.attr[key]?.list?.i ?? []).map(Number);
}

function decode(text: readonly number[] | string = ''): string {
  return typeof text === 'string' ? Buffer.from(text, 'base64').toString() : Buffer.from(text).toString();
}
