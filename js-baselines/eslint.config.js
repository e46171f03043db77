import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  { languageOptions: { globals: { ...globals.browser }, ecmaVersion: 2024 }, linterOptions: { reportUnusedDisableDirectives: 'error' } },
  // Parts of one module, put together when the reports are compiled.
  { files: ['reports/src/export/html/script/*.js'], ignores: ['**/jobs.js', '**/ready.js'], languageOptions: { sourceType: 'script' } },
  { files: ['**/*.test.js', '**/eslint.config.js', '**/generate*.js', 'runner/benches/*.js', 'runner/src/**/*.mjs', 'npm/*.mjs', '.ci/**/*.mjs', 'docs/*.mjs'], languageOptions: { globals: { ...globals.node } } },
  { files: ['npm/launcher/crossover'], languageOptions: { globals: { ...globals.node }, sourceType: 'commonjs' } },
];
