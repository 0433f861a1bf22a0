import { quarterDays } from './arrivals.ts';

/** One line that is written over; where nobody watches a terminal, only its quarters. */
export function showProgress(out: NodeJS.WriteStream, tickets: number): (done: number, of: number) => void {
  let shown = -1;
  return (done, of) => {
    const percent = Math.floor((done / of) * 100);
    const step = out.isTTY ? percent : Math.floor(percent / 25) * 25;
    if (step === shown) return;
    shown = step;
    const line = `Making Lantern: ${tickets} conversations over ${quarterDays} days, ${step} %`;
    out.write(out.isTTY ? `\r${line}${done === of ? '\n' : ''}` : `${line}\n`);
  };
}
