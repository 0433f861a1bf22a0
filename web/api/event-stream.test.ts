import { expect, test } from 'vitest';
import { createStreamParser, type StreamMessage } from './event-stream.ts';

test('events are whole however the text was cut', () => {
  const text =
    'retry: 1000\nevent: ready\ndata: {"position":7}\n\nid: 8\nevent: ticket.opened\r\ndata: {"a":\ndata: 1}\r\n\r\n: idle\n\ndata: x\n\nid: 9\nev';
  for (const size of [1, 3, 10, 1000]) {
    const heard: StreamMessage[] = [];
    const parse = createStreamParser((message) => heard.push(message));
    for (let at = 0; at < text.length; at += size) parse(text.slice(at, at + size));
    expect(heard).toEqual([
      { id: '', type: 'ready', data: '{"position":7}' },
      { id: '8', type: 'ticket.opened', data: '{"a":\n1}' },
      { id: '', type: 'message', data: 'x' },
    ]);
  }
});
