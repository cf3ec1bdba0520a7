// Only a convenience: without it the dials are sent by their button.
// A dial that is turned fetches the answer alone; an answer that comes late, after a newer question, is dropped.
(() => {
  const form = document.getElementById("dials");
  const answer = document.getElementById("answer");
  if (!form || !answer || !window.fetch || !window.history) return;
  let asked = 0;

  const query = () => {
    const given = [...new FormData(form)].filter(([name, value]) => ["s", "dial"].includes(name) || value !== "0");
    return new URLSearchParams(given).toString();
  };

  const ask = async () => {
    const mine = ++asked;
    const address = query();
    answer.classList.add("waiting");
    const found = await fetch(`/pathway?${address}&part=answer`, { credentials: "same-origin" });
    const text = await found.text();
    if (mine !== asked) return;
    answer.classList.remove("waiting");
    if (!found.ok) { location.href = `/pathway?${address}`; return; }
    answer.innerHTML = text;
    history.replaceState(null, "", `/pathway?${address}`);
    const undialled = [...new URLSearchParams(address)].filter(([name]) => ["s", "dial"].includes(name));
    form.querySelector(".acts a").href = `/pathway?${new URLSearchParams(undialled)}`;
  };

  // The scenario the dials turn is always one of those that are shown: chosen, it is ticked; unticked, the next one is turned.
  const together = (changed) => {
    const turned = form.elements.dial;
    const ticks = [...form.querySelectorAll('input[name="s"]')];
    if (changed.name === "s" && !changed.checked && changed.value === turned.value) {
      turned.value = (ticks.find((tick) => tick.checked) || changed).value;
    }
    ticks.find((tick) => tick.value === turned.value).checked = true;
  };

  form.addEventListener("input", (event) => {
    const dial = event.target;
    together(dial);
    if (dial.type === "range") {
      const value = Number(dial.value);
      form.querySelector(`output[for="${dial.id}"]`).textContent = value > 0 ? `+${value}` : String(value);
    }
    ask();
  });
})();
