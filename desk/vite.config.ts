import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['CORDBOARD_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // the desk, and the page that shows the interface at /api/
    rollupOptions: { input: ['index.html', 'api.html'] },
    // the content security policy allows no data: addresses
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Vite's hint looks at one file, unpacked; build/budget.mjs holds down all that a sign-in loads, gzipped
    chunkSizeWarningLimit: Infinity,
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
});
