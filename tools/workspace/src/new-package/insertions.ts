import type { NewPackage } from './package-files.ts';

/** Text that goes into a file of the repository, before a line that is there. */
export interface Insertion {
  readonly file: string;
  readonly text: string;
  /** The beginning of that line. */
  readonly before: string;
}

/** What the repository says of a new package: its arrows, its place in the build, its lines in the
 * docs, its program.
 */
export function insertions({ name, about }: NewPackage): readonly Insertion[] {
  return [
    { file: 'tools/workspace/arrows.json', text: `  "${name}": ["types"],\n`, before: '  "testkit":' },
    {
      file: 'tsconfig.json',
      text: `    {\n      "path": "packages/${name}"\n    },\n`,
      before: '    {\n      "path": "packages/testkit"',
    },
    {
      file: 'docs/architecture.md',
      text: `- \`@qualm/${name}\`: ${about}. Imports types.\n`,
      before: '- `@qualm/testkit`',
    },
    {
      file: 'README.md',
      text: `- [\`@qualm/${name}\`](packages/${name}): ${about}\n`,
      before: '- [`@qualm/testkit`]',
    },
    {
      file: 'integration/test/packed.test.ts',
      text: `  { name: '@qualm/${name}', args: [], prints: '2\\n', strict: true },\n`,
      before: "  { name: '@qualm/testkit'",
    },
    {
      file: 'integration/tsconfig.json',
      text: `    {\n      "path": "../packages/${name}/tsconfig.src.json"\n    },\n`,
      before: '    {\n      "path": "../packages/testkit/tsconfig.src.json"',
    },
    {
      file: 'integration/package.json',
      text: `    "@qualm/${name}": "^0.0.0",\n`,
      before: '    "@qualm/testkit"',
    },
  ];
}

/** A file with the text in it.
 * @throws Error when the line is not there, or more than once.
 */
export function insert(content: string, { file, text, before }: Insertion): string {
  const [head, tail, ...more] = content.split(`\n${before}`);
  if (tail === undefined || more.length > 0) throw new Error(`new:package: "${file}" has no single line "${before}"`);
  return `${head}\n${text}${before}${tail}`;
}
