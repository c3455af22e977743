/** The whole API: what is served, described and checked comes from this one list. */
import { catalogueRoutes } from './routes/catalogue-routes.ts';
import { documentRoutes } from './routes/document-routes.ts';
import { editRoutes } from './routes/edit-routes.ts';
import { explanationRoutes } from './routes/explanation-routes.ts';
import { releaseRoutes } from './routes/release-routes.ts';
import { reviewRoutes } from './routes/review-routes.ts';
import { uploadRoutes } from './routes/upload-routes.ts';

export const contract = [
  ...uploadRoutes,
  ...documentRoutes,
  ...explanationRoutes,
  ...reviewRoutes,
  ...catalogueRoutes,
  ...editRoutes,
  ...releaseRoutes,
];
