import type { DeskModule } from '../../platform/module.ts';
import { searchConsumer } from './index-tickets.ts';
import { policies } from './policy.ts';
import { routes } from './routes.ts';

export const searchModule: DeskModule = { name: 'search', policies, routes, consumers: [searchConsumer] };
