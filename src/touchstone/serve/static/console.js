// Only a convenience: without it every link here opens the same thing as a page.
// A click on a figure fetches its panel and keeps the reader's place in the text.
(() => {
  const panel = document.getElementById("panel");
  const text = document.getElementById("text");
  if (!panel || !text || !window.fetch || !window.history) return;
  const spread = panel.parentElement;
  let asked = location.search;
  const shut = spread.classList.contains("open") ? null : panel.innerHTML;

  const remember = (address) => {
    history.pushState(null, "", address);
    asked = location.search;
  };

  const show = async (id) => {
    const answer = await fetch(`/figure/${encodeURIComponent(id)}?panel=1`, { credentials: "same-origin" });
    if (!answer.ok) return false;
    panel.innerHTML = await answer.text();
    const close = document.createElement("a");
    close.className = "close";
    close.href = location.pathname;
    close.textContent = "×";
    panel.prepend(close);
    panel.scrollTop = 0;
    spread.classList.add("open");
    for (const mark of text.querySelectorAll(".f.here")) mark.classList.remove("here");
    const mark = document.getElementById(`f-${id}`);
    if (mark) {
      mark.classList.add("here");
      const place = mark.getBoundingClientRect();
      const below = matchMedia("(max-width: 900px)").matches ? panel.getBoundingClientRect().top : innerHeight;
      if (place.top < 0 || place.bottom > below) mark.scrollIntoView();
    }
    remember(`?figure=${id}`);
    return true;
  };

  text.addEventListener("click", (event) => {
    const mark = event.target.closest("a.f");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(mark.id.slice(2)).then((shown) => { if (!shown) location.href = mark.href; });
  });
  panel.addEventListener("click", (event) => {
    if (!event.target.closest("a.close") || shut === null) return;
    event.preventDefault();
    panel.innerHTML = shut;
    spread.classList.remove("open");
    for (const mark of text.querySelectorAll(".f.here")) {
      mark.classList.remove("here");
      mark.scrollIntoView({ block: "nearest" });
      mark.focus({ preventScroll: true });
    }
    remember(location.pathname);
  });
  window.addEventListener("popstate", () => { if (location.search !== asked) location.reload(); });
})();
