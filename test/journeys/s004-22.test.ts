import { journey } from './s004-22.ts';
import { walkRow } from './walk-row.ts';

walkRow('S004-22', journey);
