import { useFormats } from '../../../../ui/text.tsx';
import { languageName } from './language-name.ts';

/** The language a ticket is written in: its code, with the name for screen readers and on hover. */
export function LanguageMark({ language, className }: { language: string | null; className?: string }) {
  const formats = useFormats();
  if (language === null) return null;
  const name = languageName(language, formats.locale);
  return (
    <span title={name} className={className}>
      <span aria-hidden="true">{language}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}
