/** Focus back to what opened something, unless what was done there has put it somewhere already. */
export function giveBack(opener: Element | null): void {
  const { activeElement, body } = document;
  if (activeElement && activeElement !== body) return;
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
}
