import { nodeOf, nodesOf } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** The operands of a node that its numbers are compared or combined with. */
export function numericOperands(node: SyntaxNode): readonly SyntaxNode[] {
  const { fields } = node;
  if (node.kind === 'neg') return [nodeOf(fields['this'])];
  if (node.kind === 'between') return [fields['this'], fields['low'], fields['high']].map(nodeOf);
  if (node.kind === 'in') return [nodeOf(fields['this']), ...nodesOf(fields['expressions'])];
  return [nodeOf(fields['left']), nodeOf(fields['right'])];
}

/** True for a sign between numbers. */
export function isArithmetic(node: SyntaxNode): boolean {
  return ['add', 'sub', 'mul', 'div', 'mod', 'neg'].includes(node.kind);
}

/** What arithmetic is made of: the nodes of an invalid tree. */
export function leavesOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.kind === 'paren') return leavesOf(nodeOf(node.fields['this']));
  return isArithmetic(node) ? numericOperands(node).flatMap(leavesOf) : [node];
}
