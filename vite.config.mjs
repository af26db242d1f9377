import { resolve } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

// The console's page. It is built into what the service serves: `npm run build` does so after the service itself.
export default defineConfig({
  root: 'src/console/web',
  base: './',
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    outDir: resolve(import.meta.dirname, 'dist/console/page'),
    emptyOutDir: true,
    target: 'es2023',
    // Those that know light-dark(): what stands in for it would not follow a choice made on the page.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The page forbids what is inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
