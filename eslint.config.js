import { readFileSync } from 'node:fs';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const arrows = JSON.parse(readFileSync(new URL('./tools/workspace/arrows.json', import.meta.url), 'utf8'));
const tag = (name) => `pkg:${name}`;

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/node_modules',
      '.cache',
      '.nx',
      'coverage',
      '**/qualm-out',
      '**/assembly',
      '**/src/generated',
    ],
  },
  tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          depConstraints: Object.entries(arrows).map(([from, to]) => ({
            sourceTag: tag(from),
            onlyDependOnLibsWithTags: to.map(tag),
          })),
          // `@qualm/viz/svg` is light, and imported at once; what renders is imported when it is
          // needed.
          checkDynamicDependenciesExceptions: ['@qualm/viz'],
        },
      ],
    },
  },
  prettier,
  {
    // Prettier does not wrap comments. Tables, examples and addresses stay in one piece.
    rules: {
      'max-len': [
        'error',
        { code: 1_000_000, comments: 100, ignoreUrls: true, ignorePattern: String.raw`@example|^\s*\* \|` },
      ],
    },
  },
);
