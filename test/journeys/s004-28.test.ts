import { journey } from './s004-28.ts';
import { walkRow } from './walk-row.ts';

walkRow('S004-28', journey);
