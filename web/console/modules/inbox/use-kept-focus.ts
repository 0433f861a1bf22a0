import { useEffect } from 'react';
import { focusReading } from './focus.ts';

/**
 * A button that goes away as it is pressed, or a pane that gives way to another, would leave the keyboard
 * nowhere: the focus then goes on where reading goes on.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    const remember = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : null;
    };
    const isLost = () => isNowhere() && last !== null && last !== document.body && !isThere(last);
    // After the frame and what was put off to its end, so that a dialog that closes has given the focus back itself.
    const seen = new MutationObserver(() => {
      if (isLost()) requestAnimationFrame(() => setTimeout(() => isLost() && focusReading()));
    });
    document.addEventListener('focusin', remember);
    seen.observe(document.body, {
      childList: true,
      subtree: true,
      attributeFilter: ['class', 'hidden', 'disabled'],
    });
    return () => {
      document.removeEventListener('focusin', remember);
      seen.disconnect();
    };
  }, []);
}

const isNowhere = () => document.activeElement === null || document.activeElement === document.body;

const isThere = (element: Element): boolean =>
  element.isConnected && element.getClientRects().length > 0 && !element.matches(':disabled');
