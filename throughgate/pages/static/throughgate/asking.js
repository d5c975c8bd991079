// Leaves out questions that do not arise, by what is answered above them. Without it they stand there with "Only if".
"use strict";
{
  const form = document.querySelector("form[data-draft]");
  const depending = form ? [...form.querySelectorAll("[data-only-if]")] : [];

  const answered = (name) => new FormData(form).getAll(name);

  // What was said before holds until it is answered anew, or is no longer true.
  const arises = ({ onlyIf, anyOf, above, before }) => {
    const now = answered(onlyIf).filter(Boolean);
    if (!now.length) return Boolean(before) && !answered(`${onlyIf}_was`).includes("no_longer");
    return now.some((value) => (above ? Number(value) > Number(above) : anyOf.split(" ").includes(value)));
  };

  // In their order: what hangs on a question that is left out is left out too.
  const settle = () => {
    for (const question of depending) {
      const asked = document.getElementById(question.dataset.onlyIf);
      const isLeftOut = !arises(question.dataset) || Boolean(asked?.hidden);
      question.hidden = isLeftOut && !question.querySelector(".govuk-error-message");
      question.disabled = question.hidden; // what it holds comes back with it, and is not sent
    }
  };

  if (depending.length) {
    form.addEventListener("change", settle);
    addEventListener("pageshow", settle);
    settle();
  }
}
