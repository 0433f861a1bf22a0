const mostBytes = 255;

/**
 * A name a person gave a file, fit to be shown and offered: the last part of a path, without characters that
 * cannot be seen or that turn the reading direction. It never becomes a path here.
 */
export function cleanFileName(given: string): string {
  const visible = given
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\p{Zs}+/gu, ' ');
  const last = visible.split(/[/\\]/).at(-1) ?? '';
  const name = cutBytes(last.replace(/[<>:"|?*]/g, '_').replace(/^[. ]+|[. ]+$/g, ''));
  return name === '' ? 'file' : name;
}

/** At most 255 bytes of UTF-8, the ending kept and no character cut in two. */
function cutBytes(name: string): string {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  let stem = name.slice(0, name.length - ending.length);
  const room = mostBytes - Buffer.byteLength(ending);
  const characters = [...stem];
  let size = 0;
  let kept = 0;
  for (const character of characters) {
    size += Buffer.byteLength(character);
    if (size > room) break;
    kept += 1;
  }
  stem = characters.slice(0, kept).join('').trimEnd();
  return stem + ending;
}

/** RFC 6266: the plain name for old readers, the true one in UTF-8. */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
