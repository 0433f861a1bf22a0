// Runs before the first paint, so that a chosen theme never flashes the other one.
try {
  const { theme } = JSON.parse(localStorage.getItem('firstline.preferences') || '{}');
  if (theme && theme !== 'system') document.documentElement.dataset.theme = theme;
} catch {
  // Nothing stored or nothing readable: the system's theme stands.
}
