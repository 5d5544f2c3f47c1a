/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const config: Config = {
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  // These have packages of their own and run by themselves: npm run test:adapters.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/adapters/'],
  modulePathIgnorePatterns: ['<rootDir>/tests/adapters/'],
  testEnvironment: '<rootDir>/tests/environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^refit$': '<rootDir>/src/index.ts' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  setupFilesAfterEnv: ['<rootDir>/tests/to-be-all-close.ts'],
  testTimeout: 60_000,
  // Jest would leave a core free.
  maxWorkers: '100%',
};

export default config;
