const generators = new Set('explode explode_outer posexplode posexplode_outer inline inline_outer stack'.split(' '));

/** True for a function that gives rows; the name in lower case. */
export function isGenerator(name: string): boolean {
  return generators.has(name);
}
