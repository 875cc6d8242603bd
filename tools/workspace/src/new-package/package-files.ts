/** What a new package is. */
export interface NewPackage {
  /** Its folder, and its name after `@qualm/`. */
  readonly name: string;
  /** What it is, in a sentence without its full stop. */
  readonly about: string;
}

/** The files of a new package by their paths in the repository: one function, its tests, its
 * README, its program.
 * @param licence the text of the repository's licence.
 */
export function packageFiles({ name, about }: NewPackage, licence: string): Readonly<Record<string, string>> {
  const call = functionName(name);
  const inside: Readonly<Record<string, string>> = {
    LICENSE: licence,
    'README.md': readme(name, about),
    'package.json': json(manifest(name, about)),
    'tsconfig.json': json({ files: [], references: ['./tsconfig.src.json', './tsconfig.test.json'].map(reference) }),
    'tsconfig.src.json': json({
      extends: '../../tsconfig.base.json',
      compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/src.tsbuildinfo' },
      include: ['src'],
      references: [reference('../types/tsconfig.src.json')],
    }),
    'tsconfig.test.json': json({
      extends: '../../tsconfig.test.base.json',
      include: ['test'],
      references: ['./tsconfig.src.json', '../../tools/misuse/tsconfig.src.json'].map(reference),
    }),
    'src/index.ts': `export { ${call} } from './${name}.ts';\n`,
    [`src/${name}.ts`]: source(call),
    [`test/${name}.test.ts`]: unitTest(call),
    'test/misuse.test.ts': misuseTest(call),
    'test/readme.docs.test.ts': readmeTest(call),
  };
  const files = Object.entries(inside).map(([path, text]) => [`packages/${name}/${path}`, text]);
  return Object.fromEntries([
    ...files,
    [`integration/consumers/${name}.ts`, consumer(name)],
    [`.changeset/${name}-package.md`, `---\n'@qualm/${name}': minor\n---\n\n${about}: \`${call}\`.\n`],
  ]) as Record<string, string>;
}

/** The name of the function that a new package starts with. @example functionName('heat-maps') // 'heatMaps' */
export function functionName(name: string): string {
  return name.replaceAll(/-+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const reference = (path: string): { readonly path: string } => ({ path });
const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function manifest(name: string, about: string): object {
  return {
    name: `@qualm/${name}`,
    version: '0.0.0',
    description: `${about}.`,
    license: 'Apache-2.0',
    type: 'module',
    sideEffects: false,
    repository: { type: 'git', url: 'git+https://github.com/qualm/qualm.git', directory: `packages/${name}` },
    engines: { node: '>=20.19' },
    exports: {
      '.': { types: './dist/index.d.ts', '@qualm/source': './src/index.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist', 'src', '!**/*.tsbuildinfo'],
    publishConfig: { access: 'public' },
    scripts: {
      build: 'tsc -b',
      test: `vitest run --root ../.. packages/${name}/`,
      check: 'publint --strict && attw --pack . --profile esm-only',
    },
    dependencies: { '@qualm/types': '^0.0.0' },
    devDependencies: { '@qualm/misuse': '^0.0.0' },
    nx: { tags: [`pkg:${name}`] },
  };
}

function readme(name: string, about: string): string {
  const call = functionName(name);
  return `# @qualm/${name}

${about}.

\`\`\`sh
npm install @qualm/${name}
\`\`\`

\`\`\`ts
import { ${call} } from '@qualm/${name}';

${call}([0.5, 0.25]); // 2
\`\`\`
`;
}

function source(call: string): string {
  return `import { assertArray } from '@qualm/types';

/** How many values there are: 0 or more. Write here what the package is for.
 * @throws RangeError when \`values\` is not an array.
 * @example ${call}([0.5, 0.25]) // 2
 */
export function ${call}(values: readonly unknown[]): number {
  assertArray('${call}', 'its values', values, 'an array, such as [0.5, 0.25]');
  return values.length;
}
`;
}

function unitTest(call: string): string {
  return `import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ${call} } from '../src/index.ts';

it('${call}(values) counts them', () => {
  fc.assert(
    fc.property(fc.nat(99), (count) => {
      expect(${call}(Array.from({ length: count }))).toBe(count);
    }),
  );
});
`;
}

function misuseTest(call: string): string {
  return `import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as functions from '../src/index.ts';

const calls: Readonly<Record<string, readonly Place[]>> = {
  ${call}: [place([0.5], 'array')],
};

describe.each(functionsOf(functions))('%s called with wrong values from JavaScript', (name, call) => {
  it('throws RangeError or QualmError', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});
`;
}

function readmeTest(call: string): string {
  return `import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ${call} } from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the example in the README gives what it says', () => {
  expect(readme).toContain('${call}([0.5, 0.25]); // 2');
  expect(${call}([0.5, 0.25])).toBe(2);
});
`;
}

function consumer(name: string): string {
  const call = functionName(name);
  return `import { ${call} } from '@qualm/${name}';

console.log(${call}([0.5, 0.25]));
`;
}
