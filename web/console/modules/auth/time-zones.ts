import type { Option } from '../../../ui/select.tsx';

let zones: Option[] | undefined;

/** All zones the browser knows, the reader's own city readable: "Asia/Taipei" as "Asia / Taipei". */
export function listTimeZones(): Option[] {
  zones ??= [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({
    value,
    label: value.replaceAll('_', ' ').replaceAll('/', ' / '),
  }));
  return zones;
}
