import { Banner } from "../_components/banner";
import { requestFacts } from "../_server/request-facts";
import { wasUnsent } from "../_server/unsent-form";

/** After signing in again, without scripts: what was sent from this page before had no effect. With scripts the form says so itself. */
export async function UnsentNotice() {
  const { path } = await requestFacts();
  if (!(await wasUnsent(path))) return null;
  return (
    <noscript>
      <div className="mb-6">
        <Banner tone="warn" role="status" title="You were signed out before this was sent">
          <p>Nothing was booked. Fill in the form and send it again.</p>
        </Banner>
      </div>
    </noscript>
  );
}
