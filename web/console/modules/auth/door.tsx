import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { localeNames, locales } from '../../../../i18n/locales.ts';
import { useDeskName } from '../../../ui/desk-name.ts';
import { useText } from '../../../ui/text.tsx';
import { Mark } from '../../shell/brand.tsx';
import { chooseLocale } from '../../shell/locale.ts';

/** The page before the desk: the form on paper, a ruled sheet beside it, the languages below. */
export function Door({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-h-dvh desk:grid-cols-[minmax(0,36rem)_1fr]">
      <div className="flex flex-col px-5 py-6 tablet:px-16 tablet:py-10">
        <header className="flex items-center gap-2.5">
          <Mark size={22} />
          <bdi className="min-w-0 text-title font-strong wrap-anywhere">{useDeskName()}</bdi>
        </header>
        <main className="w-full max-w-md flex-1 py-10 tablet:pt-[14vh]">
          <h1 className="text-figure font-normal">{title}</h1>
          {lead && <p className="mt-2 text-ink-2">{lead}</p>}
          {children}
        </main>
        <LanguageSwitch />
      </div>
      <RuledSheet />
    </div>
  );
}

function LanguageSwitch() {
  const t = useText();
  const { i18n } = useLingui();
  return (
    <nav aria-label={t('shell.language')} className="-mx-2 flex flex-wrap text-dense">
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-current={locale === i18n.locale || undefined}
          onClick={() => void chooseLocale(locale)}
          className="min-h-7 rounded-md px-2 text-ink-2 hover:text-ink aria-[current]:font-strong aria-[current]:text-ink"
        >
          {localeNames[locale]}
        </button>
      ))}
    </nav>
  );
}

/** The mark writ large: a page of lines, the first one lit. */
function RuledSheet() {
  return (
    <div
      aria-hidden="true"
      className="sticky top-0 hidden h-dvh overflow-hidden bg-sunken pt-[23vh] ps-24 desk:block"
    >
      <div className="h-1 bg-signal" />
      {lines.map((line) => (
        <div key={line.at} className="mt-9 h-px bg-edge/45" style={{ inlineSize: line.length }} />
      ))}
    </div>
  );
}

const lines = '9 9 6 9 9 4 9 9 9 5 9 9 7 9 9 3 9 9 9 6 9 9'.split(' ').map((tenths, at) => ({
  at,
  length: tenths === '9' ? '100%' : `${tenths}0%`,
}));
