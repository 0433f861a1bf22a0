import { journey } from './s000-1.ts';
import { walkRow } from './walk-row.ts';

walkRow('S000-1', journey);
