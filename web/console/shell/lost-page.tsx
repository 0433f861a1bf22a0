import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useText } from '../../ui/text.tsx';

export function LostPage() {
  const t = useText();
  return (
    <EmptyState wholePage title={t('shell.lost.title')} action={<Link to="/">{t('shell.lost.home')}</Link>}>
      {t('shell.lost.text')}
    </EmptyState>
  );
}
