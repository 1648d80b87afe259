import globals from 'globals';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

/** Arrows between rooms point one way (README, architecture): a room may import only those listed. */
const rooms = {
  domain: [],
  sources: ['domain'],
  sensor: ['domain'],
  detectors: ['domain'],
  gradients: ['domain', 'detectors', 'sensor'],
  policies: ['domain', 'gradients'],
  reports: ['domain'],
  engine: ['domain', 'sources', 'sensor', 'detectors', 'gradients', 'policies'],
};
const all = [...Object.keys(rooms), 'ui'];

export default defineConfig(
  globalIgnores(['dist', 'public', 'node_modules', 'training/data', 'test-results', 'playwright-report']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true },
      globals: { ...globals.browser, ...globals.node },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['src/ui/**'], plugins: { 'react-hooks': hooks }, rules: hooks.configs.recommended.rules },
  ...Object.entries(rooms).map(([room, allowed]) => ({
    files: [`src/${room}/**/*.ts`],
    ignores: ['**/*.test.ts', '**/*.browser.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: all.filter((r) => r !== room && !allowed.includes(r)).map((r) => `**/${r}/**`),
              message: `src/${room} may import only from: ${[room, ...allowed].join(', ')}.`,
            },
          ],
        },
      ],
    },
  })),
);
