import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/benchmarks/**'],
    globalSetup: ['tests/servers/global-setup.ts'],
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
  },
});
