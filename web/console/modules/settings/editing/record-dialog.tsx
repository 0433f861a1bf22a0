import { type ReactNode, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useText } from '../../../../ui/text.tsx';
import { FormFault } from './form-fault.tsx';
import { type RecordForm, type RecordOptions, useRecordForm } from './use-record-form.ts';

type RecordDialogProps<D extends object> = Omit<RecordOptions<D>, 'onSaved'> & {
  title: string;
  description?: string;
  onClose: () => void;
  wide?: boolean;
  /** The words of each field, for showing what somebody else wrote. */
  labels: { [F in keyof D & string]?: string };
  children: (form: RecordForm<D>) => ReactNode;
  /** Grave acts, apart from saving. */
  aside?: ReactNode;
};

/** One record in a dialog. Closing with unsaved changes asks once. */
export function RecordDialog<D extends object>(props: RecordDialogProps<D>) {
  const { title, description, onClose, wide, labels, children, aside, ...options } = props;
  const t = useText();
  const [warned, setWarned] = useState(false);
  const form = useRecordForm<D>({ ...options, onSaved: onClose });
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
        <FormFault form={form} labels={labels} />
        {children(form)}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}
