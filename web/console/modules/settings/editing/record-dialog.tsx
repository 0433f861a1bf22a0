import { type ReactNode, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useText } from '../../../../ui/text.tsx';
import { FormFault, type Said } from './form-fault.tsx';
import { type Kept, type RecordPlace, useRecord } from './use-record.ts';
import type { RecordForm } from './use-record-form.ts';

type RecordDialogProps<R extends Kept, D extends object> = RecordPlace<R, D> & {
  title: string;
  description?: string;
  onClose: () => void;
  wide?: boolean;
  /** How each field is called and its value written, for showing what somebody else wrote. */
  said: Said<D>;
  children: (form: RecordForm<D>) => ReactNode;
  /** Grave acts, apart from saving. */
  aside?: ReactNode;
};

/** One record in a dialog. Closing with unsaved changes asks once. */
export function RecordDialog<R extends Kept, D extends object>(props: RecordDialogProps<R, D>) {
  const { title, description, onClose, wide, said, children, aside, ...place } = props;
  const t = useText();
  const [warned, setWarned] = useState(false);
  const form = useRecord<R, D>(place, onClose);
  const close = () => (form.dirty && !warned ? setWarned(true) : onClose());
  return (
    <Dialog
      open
      onClose={close}
      title={title}
      description={description}
      wide={wide}
      footer={
        <>
          {aside && <div className="me-auto flex gap-2">{aside}</div>}
          <Button onClick={close}>{t('ui.cancel')}</Button>
          <Button kind="primary" busy={form.busy} onClick={form.submit}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit();
        }}
      >
        {warned && form.dirty && (
          <p role="alert" className="rounded-md bg-due-well px-3 py-2">
            {t('settings.unsaved')}
          </p>
        )}
        <FormFault form={form} said={said} />
        {children(form)}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}
