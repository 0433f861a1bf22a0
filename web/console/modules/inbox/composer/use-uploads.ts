import { useState } from 'react';
import type { Attachment } from '../../../../../server/modules/tickets/contract.ts';
import { wordsOf } from '../../../../api/error-words.ts';
import { request } from '../../../../api/request.ts';
import { useText } from '../../../../ui/text.tsx';
import { toast } from '../../../../ui/toast.ts';

type Ends = { onDone: (file: Attachment) => void; onFailed: () => void };

/** Files go to the desk as they are chosen, byte for byte; the message names them when it is sent. */
export function useUploads({ onDone, onFailed }: Ends) {
  const t = useText();
  const [underWay, setUnderWay] = useState<readonly string[]>([]);
  // What was asked of when the file was chosen: a file for the note stays the note's.
  const upload = async (file: File) => {
    const name = file.name || 'file';
    setUnderWay((now) => [...now, name]);
    try {
      const query = { filename: name, type: file.type || undefined };
      const body = new Blob([file], { type: 'application/octet-stream' });
      onDone(await request<Attachment>('POST', '/uploads', { query, body }));
    } catch (error) {
      toast(t('ticket.not_uploaded', { name, why: wordsOf(error, t) }), { tone: 'failed' });
      onFailed();
    }
    setUnderWay((now) => now.toSpliced(now.indexOf(name), 1));
  };
  const uploadAll = (files: Iterable<File>) => {
    for (const file of files) void upload(file);
  };
  return { underWay, uploadAll };
}
