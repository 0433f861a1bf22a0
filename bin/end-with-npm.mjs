import { readFileSync } from 'node:fs';

/**
 * npm runs us through a shell that passes no signal on, so "kill" on npm would leave us running. Calls `end` once
 * when npm, or that shell, is gone. Does nothing when npm did not start us.
 */
export function watchNpm(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const npm = isShell(parent) ? readParent(parent) : undefined;
  const timer = setInterval(() => {
    const alive = process.ppid === parent && (npm === undefined || readParent(parent) === npm);
    if (alive) return;
    clearInterval(timer);
    end();
  }, 500);
  timer.unref();
}

function isShell(pid) {
  try {
    return /^\S*sh\0-c\0/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

function readParent(pid) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
