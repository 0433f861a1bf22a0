/** RFC 3676: joins soft-broken lines of one quote depth, `delSp` removes the space that marked the break. */
export function unflowText(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open: { depth: number; pieces: string[] } | null = null;
  const close = () => {
    if (open) out.push(withDepth(open.depth, open.pieces.join('')));
    open = null;
  };
  for (const line of text.split(/\r?\n/)) {
    const { depth, rest } = readDepth(line);
    const isSignature = rest === '-- ';
    if (open && (open as { depth: number }).depth !== depth) close();
    if (isSignature) {
      close();
      out.push(withDepth(depth, rest));
      continue;
    }
    const flowed = rest.endsWith(' ');
    const piece = flowed && delSp ? rest.slice(0, -1) : rest;
    if (open) (open as { pieces: string[] }).pieces.push(piece);
    else open = { depth, pieces: [piece] };
    if (!flowed) close();
  }
  close();
  return out.join('\n');
}

function readDepth(line: string) {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  const rest = line.slice(depth);
  return { depth, rest: rest.startsWith(' ') ? rest.slice(1) : rest };
}

function withDepth(depth: number, text: string) {
  return depth === 0 ? text : `${'>'.repeat(depth)} ${text}`;
}
