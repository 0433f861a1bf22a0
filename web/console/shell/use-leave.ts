import { useNavigate } from '@tanstack/react-router';
import { wordsOf } from '../../api/error-words.ts';
import { signOut } from '../../api/session.ts';
import { useText } from '../../ui/text.tsx';
import { toast } from '../../ui/toast.ts';

/** Signs out and shows the door; stays, and says why, when the desk cannot be reached. */
export function useLeave(): () => void {
  const t = useText();
  const navigate = useNavigate();
  const leave = async () => {
    try {
      await navigateAfterSignOut();
    } catch (error) {
      toast(wordsOf(error, t), { tone: 'failed' });
    }
  };
  const navigateAfterSignOut = async () => {
    await signOut();
    await navigate({ to: '/sign-in', search: {} });
  };
  return () => void leave();
}
