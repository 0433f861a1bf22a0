import { journey } from './s004-2.ts';
import { walkRow } from './walk-row.ts';

walkRow('S004-2', journey);
