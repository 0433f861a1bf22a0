import { useEffect, useLayoutEffect, useRef } from 'react';
import { Kbd } from './kbd.tsx';
import { useStore } from './store.ts';
import { hideTip, keepTip, leaveTip, placeTip, type Side, shownTip, type Tip } from './tip.ts';

/** Where all tooltips appear, one at a time. */
export function TipLayer() {
  const tip = useStore(shownTip);
  return tip && <TipBox tip={tip} />;
}

function TipBox({ tip }: { tip: Tip }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const { left, top } = placeTip(
      tip.anchor.getBoundingClientRect(),
      current.getBoundingClientRect(),
      view,
      mirrored(tip.side),
    );
    current.style.left = `${Math.round(left)}px`;
    current.style.top = `${Math.round(top)}px`;
  }, [tip]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && hideTip();
    window.addEventListener('keydown', onKeyDown, true);
    window.addEventListener('scroll', hideTip, true);
    return () => {
      window.removeEventListener('keydown', onKeyDown, true);
      window.removeEventListener('scroll', hideTip, true);
    };
  }, []);
  return (
    <div
      ref={box}
      id={tip.id}
      role="tooltip"
      onPointerEnter={keepTip}
      onPointerLeave={leaveTip}
      className="fixed z-50 flex w-max max-w-72 animate-appear items-center gap-2 rounded-md bg-ink px-2 py-1 text-dense text-paper"
    >
      {tip.text}
      {tip.keys && <Kbd keys={tip.keys} quiet />}
    </div>
  );
}

function mirrored(side: Side): Side {
  if (document.documentElement.dir !== 'rtl') return side;
  if (side === 'left') return 'right';
  return side === 'right' ? 'left' : side;
}
