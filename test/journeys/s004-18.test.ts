import { journey } from './s004-18.ts';
import { walkRow } from './walk-row.ts';

walkRow('S004-18', journey);
