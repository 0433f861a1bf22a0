import { createStore } from '../../../../ui/store.ts';
import { clearSelection } from '../list/selection.ts';

/** What a key or a button asks for; each is a small floating panel over the inbox. */
export type PickerName =
  | 'assign'
  | 'team'
  | 'status'
  | 'priority'
  | 'type'
  | 'tier'
  | 'tag'
  | 'copy'
  | 'merge'
  | 'follow-up'
  | 'new-ticket';

export const openPicker = createStore<PickerName | null>(null);

/** For what speaks of the open ticket, whatever is chosen in the list. */
export function openPickerHere(name: PickerName): void {
  clearSelection();
  openPicker.set(name);
}
