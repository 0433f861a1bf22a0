import {
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useSyncExternalStore,
} from 'react';
import { hideTip, leaveTip, offerTip, type Side, shownTip, showTip } from './tip.ts';
import { withProps } from './with-props.ts';

type TooltipProps = {
  text: ReactNode;
  keys?: string;
  /** Left and right as read in English: they change places where the page runs from right to left. */
  side?: Side;
  children: ReactElement;
};

/** For what is already named: adds the words and the key, never the only way to learn something. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  const id = useId();
  const shown = useSyncExternalStore(shownTip.subscribe, () => shownTip.get()?.id === id);
  useEffect(() => () => hideOwn(id), [id]);
  const tipOf = (event: { currentTarget: EventTarget }) => ({
    id,
    anchor: event.currentTarget as HTMLElement,
    text,
    keys,
    side,
  });
  return withProps(children, {
    ...(shown ? { 'aria-describedby': id } : {}),
    onPointerEnter: (event: PointerEvent) => event.pointerType !== 'touch' && offerTip(tipOf(event)),
    onPointerLeave: leaveTip,
    onPointerDown: hideTip,
    onFocus: (event: FocusEvent) => event.currentTarget.matches(':focus-visible') && showTip(tipOf(event)),
    onBlur: hideTip,
  });
}

function hideOwn(id: string) {
  if (shownTip.get()?.id === id) hideTip();
}
