import { createStore } from '../../../../ui/store.ts';

/** What a key or a button asks for; each is a small floating panel over the inbox. */
export type PickerName =
  | 'assign'
  | 'team'
  | 'status'
  | 'priority'
  | 'type'
  | 'tier'
  | 'tag'
  | 'merge'
  | 'new-ticket';

export const openPicker = createStore<PickerName | null>(null);
