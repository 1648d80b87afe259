import globals from 'globals';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

/** Arrows between rooms point one way (README, architecture): a room may import only those listed, or one file of them. */
const rooms = {
  domain: [],
  sources: ['domain'],
  sensor: ['domain'],
  detectors: ['domain'],
  gradients: ['domain', 'detectors', 'sensor'],
  policies: ['domain', 'gradients'],
  reports: ['domain'],
  engine: ['domain', 'sources', 'sensor', 'detectors', 'gradients', 'policies'],
  ui: [
    'domain',
    'reports',
    'engine/compare.ts',
    'engine/events.ts',
    'engine/preview.ts',
    'engine/run.ts',
    'detectors/cache.ts',
    'detectors/classNames.ts',
    'detectors/registry.ts',
    'detectors/softwareAdapter.ts',
  ],
  headless: ['domain', 'engine', 'ui/stage/colourMaps.ts', 'ui/stage/heatmapImage.ts'],
};
const all = Object.keys(rooms);

/** Matches imports of what a room may not have: every other room, but for the single files that it may. */
const forbidden = (room, allowed) => {
  const others = all.filter((other) => other !== room && !allowed.includes(other));
  const files = allowed.filter((entry) => entry.includes('/')).map((file) => file.replace('.', '\\.'));
  return `(^|/)(?!(${files.join('|')})$)(${others.join('|')})/`;
};

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
    files: [`src/${room}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.ts', '**/*.browser.ts', '**/test[A-Z]*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: forbidden(room, allowed),
              message: `src/${room} may import only from: ${[room, ...allowed].join(', ')}.`,
            },
          ],
        },
      ],
    },
  })),
);
