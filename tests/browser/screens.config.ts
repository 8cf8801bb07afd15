// Pictures of every screen rather than tests: `make screens` writes them into the folder screens/.
import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

const server = [tests.webServer].flat()[0];

export default defineConfig({
  ...tests,
  testMatch: '*.screens.ts',
  // A province with something on every list, at a pace at which a state stays for a while.
  webServer: server && {
    ...server,
    command: server.command.replace('--under-way 0', '--under-way 12').replace(/--speed \d+/, '--speed 3'),
  },
});
