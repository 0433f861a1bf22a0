import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { catalogue } from './i18n/vite-catalogue.ts';

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
  },
});
