import { journey } from './s000-21.ts';
import { walkRow } from './walk-row.ts';

walkRow('S000-21', journey);
