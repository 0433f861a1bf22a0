export type StreamMessage = { id: string; type: string; data: string };

/**
 * Cuts server-sent events out of text that arrives in any pieces. Read by hand instead of with EventSource,
 * which hears only the types it was told of and cannot tell a 401 from a lost line.
 */
export function createStreamParser(hear: (message: StreamMessage) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const message = readBlock(block);
      if (message) hear(message);
    }
  };
}

function readBlock(block: string): StreamMessage | undefined {
  const data: string[] = [];
  const message = { id: '', type: 'message' };
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^(\w+):? ?(.*)$/.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'id') message.id = value;
    else if (field === 'event') message.type = value;
  }
  return data.length > 0 ? { ...message, data: data.join('\n') } : undefined;
}

/** Reads until the server ends it or the signal aborts; throws the status when it did not begin. */
export async function readEventStream(
  url: string,
  signal: AbortSignal,
  hear: (message: StreamMessage) => void,
): Promise<void> {
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream' },
    signal,
    credentials: 'same-origin',
    cache: 'no-store',
  });
  if (!response.ok || !response.body) throw new StreamRefused(response.status);
  const parse = createStreamParser(hear);
  const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await pieces.read();
    if (done) return;
    parse(value);
  }
}

export class StreamRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The stream was refused with ${status}`);
    this.status = status;
  }
}
