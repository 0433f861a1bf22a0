import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { catalogue } from './i18n/vite-catalogue.ts';

const groups = [
  /** What every screen stands on: one file, which stays in the browser's cache from one build to the next. */
  {
    name: 'ground',
    test: /node_modules[\\/](react|react-dom|scheduler|@lingui|@tanstack[\\/](react-router|router-core|history|store|react-store|react-query|query-core))[\\/]/,
  },
  /** Our own small parts that nearly every screen has; by themselves they would be thirty requests. */
  {
    name: 'parts',
    test: /web[\\/](ui|api)[\\/]|i18n[\\/]|lucide-react[\\/]dist[\\/]esm[\\/](?!icons)/,
    minShareCount: 24,
  },
];

export default defineConfig({
  root: 'web/console',
  plugins: [react(), tailwindcss(), catalogue()],
  build: {
    outDir: '../../dist/web/console',
    emptyOutDir: true,
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    // The page's policy allows fonts and scripts from its own origin only: nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
});
