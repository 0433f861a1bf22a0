import '../ui/theme.css';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { speak } from '../ui/language.ts';
import { preferredLocale, showPreferences } from '../ui/preferences.ts';
import { router } from './router.tsx';
import { reloadOnNewBuild } from './shell/fresh-build.ts';

reloadOnNewBuild();
showPreferences();
await speak(preferredLocale());
const root = document.getElementById('root');
if (root) createRoot(root).render(<RouterProvider router={router} />);
