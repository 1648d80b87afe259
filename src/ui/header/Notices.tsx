/** What the page has to say: news over its lower edge for a while, what asks for attention below the header. */
import { actionOf } from '../actions/registry.ts';
import { Icon } from '../controls/Icon.tsx';
import { useLab, type Notice } from '../store/labStore.ts';
import { dismiss } from '../store/notices.ts';

export function Notices() {
  const notices = useLab((state) => state.notices);
  const lines = (...levels: readonly Notice['level'][]) =>
    levels.flatMap((level) =>
      notices
        .filter((notice) => notice.level === level)
        .map((notice) => <NoticeLine key={notice.id} notice={notice} />),
    );
  return (
    <>
      <div className="notices" aria-live="polite">
        {lines('error', 'warning')}
      </div>
      <div className="notices news" aria-live="polite">
        {lines('info')}
      </div>
    </>
  );
}

function NoticeLine({ notice }: { readonly notice: Notice }) {
  return (
    <div
      className={`notice notice-${notice.level}`}
      role={notice.level === 'error' ? 'alert' : undefined}
      data-testid="notice"
    >
      <Icon name={notice.level === 'info' ? 'info' : 'warning'} />
      <p>{notice.text}</p>
      {notice.remedies.map((id) => (
        <button
          key={id}
          type="button"
          className="button"
          data-testid={`remedy-${id}`}
          onClick={() => {
            dismiss(notice.id);
            actionOf(id).run();
          }}
        >
          {actionOf(id).label}
        </button>
      ))}
      <button
        type="button"
        className="button icon-button"
        aria-label="Dismiss this notice"
        onClick={() => dismiss(notice.id)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
