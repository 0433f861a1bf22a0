import { journey } from './s004-27.ts';
import { walkRow } from './walk-row.ts';

walkRow('S004-27', journey);
