const key = 'firstline.reloadedAt';
const againAfterMs = 30_000;

/** A desk that was updated no longer has this page's old pieces: load the new page, but never in a circle. */
export function reloadOnNewBuild(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (!navigator.onLine || Date.now() - last < againAfterMs) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
