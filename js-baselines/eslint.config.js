import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  { languageOptions: { globals: { ...globals.browser }, ecmaVersion: 2024 }, linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.test.js', '**/eslint.config.js', '**/generate*.js', 'runner/benches/*.js', 'runner/src/**/*.mjs'], languageOptions: { globals: { ...globals.node } } },
];
