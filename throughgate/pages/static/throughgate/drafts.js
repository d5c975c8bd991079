// Keeps what is being typed as a draft: after a pause, and when the page is left. Without it, a button does so.
"use strict";
{
  const PAUSE_MS = 3000;
  const RETRY_MS = 15000;
  const form = document.querySelector("form[data-draft]");
  const said = document.querySelector("[data-draft-said]");
  let isSent = false;
  let timer;

  const typed = (of = form) => new URLSearchParams(new FormData(of));

  // As the server sent it: on a slow line people type before this script has come.
  const sent = () => {
    const copy = form.cloneNode(true);
    copy.reset();
    return typed(copy);
  };
  // What the browser's arrow brings back may have been saved since: it waits for a key.
  const isBroughtBack = () => performance.getEntriesByType("navigation")[0].type === "back_forward";

  const keepSoon = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(keep, pause, false);
  };

  const keep = async (isLeaving) => {
    clearTimeout(timer);
    const now = typed();
    if (isSent || now.toString() === kept) return;
    const before = kept;
    kept = now.toString();
    now.set("deed", "draft");
    try {
      const answer = await fetch(location.href, {
        method: "POST", body: now, headers: { Accept: "text/plain" }, keepalive: isLeaving, redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.status);
      said.textContent = await answer.text();
    } catch {
      kept = before; // until it succeeds the page says when it was kept last
      keepSoon(RETRY_MS);
    }
  };

  let kept = form && (isBroughtBack() ? typed() : sent()).toString();
  if (form) {
    form.addEventListener("input", () => keepSoon(PAUSE_MS));
    form.addEventListener("submit", () => { isSent = true; });
    addEventListener("pageshow", () => { isSent = false; }); // back again by the browser's arrow
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
    keepSoon(PAUSE_MS);
  }
}
