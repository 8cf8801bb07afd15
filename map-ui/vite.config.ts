import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const server = 'http://127.0.0.1:8120';

export default defineConfig({
  plugins: [svelte()],
  build: { target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 1500, reportCompressedSize: false },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/ws': { target: server, ws: true } },
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
