const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|\u034f|\u115f|\u1160|\u2800|\u3164|\uffa0/gu;
const windowsReserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(?=\.|$)/i;
const maxBytes = 255;

/**
 * A file name to show and to offer for saving, or null when nothing is left of it. Canonical form first
 * (NFC, invisible characters out), then the checks, so that nothing can slip past a check and change later.
 * Files are stored under generated keys; this name never becomes a path of ours.
 */
export function safeFileName(name: string | null | undefined): string | null {
  if (!name) return null;
  const canonical = name.slice(0, 4_000).normalize('NFC').replace(invisible, '').normalize('NFC');
  const lastSegment = canonical
    .split(/[\\/\u2044\u2215\u29f5\u29f8\uff0f\uff3c\ufe68]/)
    .findLast((one) => one.trim() !== '');
  const plain = (lastSegment ?? '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.\u2024\u2025\u2026\uff0e]+/, '')
    .replace(/[\s.]+$/, '');
  if (plain === '') return null;
  const named = windowsReserved.test(plain) ? `_${plain}` : plain;
  return withinBytes(named);
}

function withinBytes(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : '';
  const room = maxBytes - Buffer.byteLength(extension);
  let stem = '';
  let used = 0;
  for (const character of extension ? name.slice(0, dot) : name) {
    used += Buffer.byteLength(character);
    if (used > room) break;
    stem += character;
  }
  return `${stem.replace(/[\s.]+$/, '')}${extension}`;
}
