"use strict";
// Searches, filters, sorts and pages the learners of a class. The data are names and letters: nothing of it ever becomes markup.
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const { kinds, signs, words } = data;
  const number = (n) => n.toLocaleString(data.lang);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => number(values[name]));
  const fold = (text) => text.normalize("NFC").toLowerCase();

  let end = 0;
  const exercises = data.exercises.map(([slug, worth]) => ({ slug, worth, from: end, to: (end += worth.length) }));
  const rows = data.rows.map(([id, name, score, points, percent, cells, changed], place) => (
    { place, id, name, score, points, percent, cells, changed: changed || [], key: fold(name + " " + id) }));
  const groups = data.groups.map((distances) => {
    let place = 0;
    return new Set(distances.map((distance) => (place += distance)));
  });
  const tests = {
    all: () => true,
    open: (row) => /[fesmu]/.test(row.cells),
    full: (row) => row.percent >= 100, // extra credit may give more
    missing: (row) => row.cells.includes("m"),
    unreadable: (row) => row.cells.includes("u"),
    faulted: (row) => row.cells.includes("x"),
  };
  const state = { query: "", filter: "all", only: null, sort: -1, down: false, page: 0, view: "points" };
  let found = rows;

  // What stands in the cell of an exercise; a policy may have changed what the checks gave.
  function points(row, exercise, n) {
    let got = 0, most = 0, judged = false, faulted = false;
    exercise.worth.forEach((worth, check) => {
      const letter = row.cells[exercise.from + check];
      if (letter === "p") got += worth;
      if ("pfes".includes(letter)) { most += worth; judged = true; }
      if (letter === "x") faulted = true;
    });
    const rounded = got && Math.min(99, Math.max(1, Math.round(100 * got / most)));
    const [text, percent, dropped] = row.changed[n] || [got + "/" + most, most && got === most ? 100 : rounded];
    return { text, percent, dropped, judged, faulted, kind: kinds[row.cells[exercise.from]] };
  }

  function value(row, column) {
    if (column === 0) return row.key;
    if (column === 1) return row.points;
    if (column === 2) return row.percent;
    const it = points(row, exercises[column - 3], column - 3);
    return it.judged ? it.percent : -1;
  }

  function find() {
    const query = fold(state.query.trim());
    const test = tests[state.filter];
    found = rows.filter((row) => test(row) && (!query || row.key.includes(query)) && (!state.only || state.only(row)));
    if (state.sort < 0) return;
    const keys = new Map(found.map((row) => [row, value(row, state.sort)]));
    const order = state.sort === 0
      ? ((collator) => (a, b) => collator.compare(a, b))(new Intl.Collator(data.lang))
      : (a, b) => a - b;
    found.sort((a, b) => (state.down ? -1 : 1) * order(keys.get(a), keys.get(b)) || a.place - b.place);
  }

  function make(tag, kind, text) {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function head(row) {
    const cell = make("th"), link = make("a"), name = make("bdi", "", row.name);
    cell.scope = "row";
    link.href = "learners/" + encodeURIComponent(row.id) + ".html";
    link.append(name);
    cell.append(link);
    return cell;
  }

  function pointsRow(row) {
    const made = make("tr"), bar = make("span", "bar"), inner = make("span"), percent = make("td", "number", row.percent + " ");
    inner.style.width = row.percent + "%";
    bar.setAttribute("aria-hidden", "true");
    bar.append(inner);
    percent.append(bar);
    made.append(head(row), make("td", "number", row.score), percent);
    exercises.forEach((exercise, n) => {
      const it = points(row, exercise, n);
      const level = it.percent >= 100 ? 4 : Math.floor((it.percent + 32) / 33);
      const kind = it.judged ? (it.faulted ? "faulted" : "graded") : it.kind || "missing";
      const cell = make("td", "l" + (it.judged ? level : 0) + " " + kind + (it.dropped ? " dropped" : ""), it.judged ? it.text : "–");
      const said = [kind === "graded" ? "" : signs[kind], it.dropped ? words.dropped : ""].filter(Boolean).join(", ");
      if (said) cell.append(make("i", "", said));
      made.append(cell);
    });
    return made;
  }

  function checksRow(row) {
    const made = make("tr");
    made.append(head(row));
    for (const letter of row.cells) {
      const cell = make("td", kinds[letter]);
      cell.append(make("i", "", signs[kinds[letter]]));
      made.append(cell);
    }
    return made;
  }

  function show() {
    const some = turn();
    const drawn = document.createDocumentFragment();
    const row = state.view === "points" ? pointsRow : checksRow;
    for (const learner of some) drawn.append(row(learner));
    document.querySelector("table." + (state.view === "points" ? "points" : "matrix") + " tbody").replaceChildren(drawn);
  }

  // The learners of the page that is open, and every word that says which these are.
  function turn() {
    const pages = Math.max(1, Math.ceil(found.length / data.page));
    state.page = Math.min(state.page, pages - 1);
    const from = state.page * data.page, some = found.slice(from, from + data.page);
    $("pager").hidden = pages === 1;
    $("previous").disabled = state.page === 0;
    $("next").disabled = state.page === pages - 1;
    $("place").textContent = fill(words.rows_of, { first: from + 1, last: from + some.length, total: found.length });
    $("shown").textContent = found.length ? fill(words.shown_of, { shown: found.length, total: rows.length }) : words.no_match;
    return some;
  }

  function again(page) {
    state.page = page || 0;
    find();
    show();
  }

  function look(view) {
    state.view = view;
    for (const name of ["points", "checks"]) {
      $(name + "-view").hidden = name !== view;
      $("see-" + name).setAttribute("aria-pressed", String(name === view));
    }
  }

  // Only some of the learners: a group by its number, or who did not pass a check.
  function only(button) {
    const { group, check, what } = button.dataset;
    state.only = group !== undefined
      ? (row) => groups[group].has(row.place)
      : (row) => "fes".includes(row.cells[check]);
    Object.assign(state, { query: "", filter: "all" });
    $("search").value = "";
    $("filter").value = "all";
    $("only").textContent = what;
    $("only-chip").hidden = false;
    again();
    $("learners").scrollIntoView();
    $("clear").focus({ preventScroll: true });
  }

  function sortable() {
    const heads = [...document.querySelectorAll("table.points thead th")];
    heads.forEach((cell, column) => {
      const button = make("button", "sort");
      button.type = "button";
      button.append(...cell.childNodes);
      button.addEventListener("click", () => {
        const same = state.sort === column;
        const down = same ? !state.down : column > 0;
        Object.assign(state, { sort: column, down });
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", down ? "descending" : "ascending");
        again();
      });
      cell.append(button);
    });
  }

  $("search").addEventListener("input", (event) => { state.query = event.target.value; again(); });
  $("filter").addEventListener("change", (event) => { state.filter = event.target.value; again(); });
  $("previous").addEventListener("click", () => { again(state.page - 1); $("learners").scrollIntoView(); });
  $("next").addEventListener("click", () => { again(state.page + 1); $("learners").scrollIntoView(); });
  $("clear").addEventListener("click", () => {
    state.only = null;
    $("only-chip").hidden = true;
    again();
    $("search").focus({ preventScroll: true });
  });
  for (const name of ["points", "checks"]) $("see-" + name).addEventListener("click", () => { look(name); show(); });
  for (const button of document.querySelectorAll("button.who")) {
    button.hidden = false;
    button.addEventListener("click", () => only(button));
  }
  for (const view of document.querySelectorAll(".unscripted")) view.hidden = true;
  sortable();
  look("points");
  $("tools").hidden = false;
  turn(); // the first page stands there already
  document.documentElement.dataset.ready = "";
})();
