import { careRoutes } from './care-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { importRoutes } from './import-routes.ts';
import { liveRoutes } from './live-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';
import { viewRoutes } from './view-routes.ts';
import { viewerRoutes } from './viewer-routes.ts';

export const routes = [
  ...ticketRoutes,
  ...messageRoutes,
  ...careRoutes,
  ...draftRoutes,
  ...viewerRoutes,
  ...viewRoutes,
  ...fileRoutes,
  ...liveRoutes,
  ...importRoutes,
];
