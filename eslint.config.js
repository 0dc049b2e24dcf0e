import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'out',
      'dist',
      'test-output',
      'models',
      'coverage',
      'build/cache',
      'test/fixtures',
      'src-main/**/assembly',
    ],
  },
  ...tseslint.configs.strict,
  ...vue.configs['flat/essential'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    rules: {
      // Array access is checked by noUncheckedIndexedAccess; in inner loops over typed arrays `!` is the honest form.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-console': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.property.name='forEach']", message: 'Use for … of.' },
      ],
      // A static style attribute is blocked by the content security policy.
      'vue/no-restricted-static-attribute': ['error', 'style'],
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
    },
  },
  { files: ['build/**', 'src-main/cli/**', 'src-main/cli.ts', 'test/**'], rules: { 'no-console': 'off' } },
)
