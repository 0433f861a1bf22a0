import { journey } from './s000-22.ts';
import { walkRow } from './walk-row.ts';

walkRow('S000-22', journey);
