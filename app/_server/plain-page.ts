/** A page that needs nothing of the bank: no database, no built file. `form`: what can be sent once more, as it was. */
export type PlainPage = {
  status: number;
  title: string;
  text: readonly string[];
  link?: { href: string; text: string };
  form?: { action: string; fields: readonly (readonly [name: string, value: string])[]; button: string };
  /** The page asks again by itself, at this address. */
  again?: { seconds: number; href: string };
};

/** `nonce`: of this answer's content policy; without it the page is shown as browsers show pages without a style. */
export function plainPage({ status, title, text, link, form, again }: PlainPage, nonce?: string): Response {
  const refresh = again ? askAgain(again, nonce) : "";
  const style = nonce ? `<style nonce="${escaped(nonce)}">${styles}</style>` : "";
  const words = text.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join("");
  const { href, text: name } = link ?? { href: "/", text: "To Daybook" };
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}<title>${escaped(title)} · Daybook</title>${style}</head><body><main><h1>${escaped(title)}</h1>${words}${form ? formHtml(form) : ""}<p><a href="${escaped(href)}">${escaped(name)}</a></p></main></body></html>`;
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      ...(again && { "retry-after": again.seconds.toString() }),
    },
  });
}

// A script where one may run: a refresh by the page itself is announced to nobody, and cannot be stopped.
function askAgain({ seconds, href }: NonNullable<PlainPage["again"]>, nonce: string | undefined): string {
  const meta = `<meta http-equiv="refresh" content="${seconds};url=${escaped(href)}">`;
  if (!nonce) return meta;
  const script = `const to=document.currentScript.dataset.to;setTimeout(()=>location.replace(to),${seconds * 1_000})`;
  return `<noscript>${meta}</noscript><script nonce="${escaped(nonce)}" data-to="${escaped(href)}">${script}</script>`;
}

function formHtml({ action, fields, button }: NonNullable<PlainPage["form"]>): string {
  const hidden = fields.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`);
  return `<form method="post" enctype="multipart/form-data" action="${escaped(action)}">${hidden.join("")}<p><button>${escaped(button)}</button></p></form>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

// The colours and measures of app/_styles/tokens.css, for the few things that are here.
const styles = `
:root{color-scheme:light dark;--ink:light-dark(#14221c,#e7eee8);--fill:light-dark(#1b4a8c,#a9caff)}
body{margin:0;background:light-dark(#edf2e9,#0c1310);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{box-sizing:border-box;max-width:36rem;margin:4rem auto 0;padding:1.5rem;background:light-dark(#fafcf7,#131c18)}
h1{margin:0 0 1rem;font:400 1.75rem/1.25 Georgia,serif}
a{color:light-dark(#1b4a8c,#9fc3ff)}
button{font:inherit;padding:.6rem 1rem;border:0;border-radius:3px;background:var(--fill);color:light-dark(#fff,#0a1d38)}`;
