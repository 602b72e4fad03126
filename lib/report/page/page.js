'use strict';
/* The report's page. Everything that came from a file is set as text, never as markup. */
(() => {
    const data = JSON.parse(document.getElementById('data').textContent);
    const LEVELS = ['error', 'warning', 'note'];
    const SIGNS = { pass: '\u2713', fail: '\u2717', unknown: '?', 'not-applicable': '\u2013' };
    const PAGE = 100;
    const state = { sort: 'errors', down: true, page: 0, open: null };

    function make(name, text, cls) {
        const node = document.createElement(name);
        if (text !== undefined) node.textContent = text;
        if (cls) node.className = cls;
        return node;
    }
    const byId = (id) => document.getElementById(id);
    const rules = new Map(data.rules.map((r) => [r.id, r]));

    /* ---- Rows: an account each, and one for each file with findings of its own ---- */
    const rows = data.accounts.map((a) => ({
        file: data.files[a.file].path, account: a.name ? a.key + ' \u201c' + a.name + '\u201d' : a.key,
        client: a.client, provider: a.provider || '', domain: domainOf(a), verdicts: a.verdicts,
        notLive: a.not_live, findings: [], errors: 0, warnings: 0, notes: 0, unknown: 0,
    }));
    const fileRows = new Map();

    function domainOf(account) {
        const login = account.login || '', at = login.lastIndexOf('@');
        return at < 0 ? '(none)' : login.slice(at + 1).toLowerCase();
    }
    function rowOf(finding) {
        if (finding.account !== null) return rows[finding.account];
        if (!fileRows.has(finding.file)) {
            const file = data.files[finding.file];
            const row = { file: file.path, account: '(the file itself)', client: file.client || '',
                provider: '', domain: '(none)', verdicts: [], findings: [],
                errors: 0, warnings: 0, notes: 0, unknown: 0 };
            fileRows.set(finding.file, row);
            rows.push(row);
        }
        return fileRows.get(finding.file);
    }
    for (const [account, rule, kind, reason] of data.cross) rows[account].verdicts.push([rule, kind, reason]);
    for (const finding of data.findings) {
        const row = rowOf(finding);
        row.findings.push(finding);
        row[finding.severity + 's']++;
    }
    for (const row of rows) {
        row.unknown = row.verdicts.filter((v) => v[1] === 'unknown').length;
        row.text = [row.file, row.account, row.client, row.provider, row.domain,
            ...row.findings.map((f) => f.rule + ' ' + f.message)].join('\n').toLowerCase();
    }

    /* ---- Totals ---- */
    function totals() {
        const s = data.summary, list = byId('totals');
        const tile = (value, text, cls) => {
            const item = make('li');
            item.append(make('b', value.toLocaleString('en'), cls), text);
            list.append(item);
        };
        tile(s.files, s.files === 1 ? 'file' : 'files');
        tile(s.accounts, s.accounts === 1 ? 'account' : 'accounts');
        tile(s.errors, 'errors', 'error');
        tile(s.warnings, 'warnings', 'warning');
        tile(s.notes, 'notes', 'note');
        tile(s.unknown, 'open questions');
        tile(s.damaged + s.unreadable + s.limit, 'files not read whole');
        if (s.held_back) tile(s.held_back, 'known, held back');
        if (s.incomplete) byId('stopped').hidden = false;
        const bad = data.files.filter((f) => f.status !== 'ok' && (f.status !== 'unrecognised' || f.detail));
        byId('troubles').hidden = !bad.length;
        for (const file of bad.slice(0, 1000))
            byId('trouble-list').append(make('li', file.path + ': ' + file.status +
                (file.detail ? ': ' + file.detail : '')));
    }

    /* ---- Bars ---- */
    function bars(id, keyOf, pick) {
        const sums = new Map();
        for (const row of rows) {
            for (const finding of row.findings) {
                const key = keyOf(row, finding), sum = sums.get(key) || { error: 0, warning: 0, note: 0, all: 0 };
                sum[finding.severity]++;
                sum.all++;
                sums.set(key, sum);
            }
        }
        const sorted = [...sums].sort((a, b) => b[1].all - a[1].all || (a[0] < b[0] ? -1 : 1));
        const most = sorted.length ? sorted[0][1].all : 1, box = byId(id);
        for (const [key, sum] of sorted.slice(0, 15)) {
            const bar = make('button', undefined, 'bar'), track = make('span', undefined, 'track');
            bar.type = 'button';
            bar.title = LEVELS.map((l) => sum[l] + ' ' + l + 's').join(', ');
            for (const level of LEVELS) {
                const part = make('i', undefined, level);
                part.style.width = (100 * sum[level] / most) + '%';
                track.append(part);
            }
            bar.append(make('span', key || '(none)'), track, make('span', sum.all.toLocaleString('en')));
            bar.addEventListener('click', () => pick(key));
            box.append(bar);
        }
        if (!sorted.length) box.append(make('p', 'No findings.', 'dim'));
        if (sorted.length > 15) box.append(make('p', 'and ' + (sorted.length - 15) + ' more', 'dim'));
    }

    /* ---- The table ---- */
    const COLUMNS = [['file', 'File'], ['account', 'Account'], ['client', 'Client'], ['domain', 'Domain'],
        ['errors', 'Errors'], ['warnings', 'Warnings'], ['notes', 'Notes'], ['unknown', 'Open']];
    const NUMBERS = new Set(['errors', 'warnings', 'notes', 'unknown']);

    function head() {
        const line = byId('head');
        for (const [key, title] of COLUMNS) {
            const cell = make('th', undefined, NUMBERS.has(key) ? 'number' : ''), button = make('button', title);
            button.type = 'button';
            cell.scope = 'col';
            cell.dataset.key = key;
            button.addEventListener('click', () => {
                state.down = state.sort === key ? !state.down : NUMBERS.has(key);
                state.sort = key;
                state.page = 0;
                show();
            });
            cell.append(button);
            line.append(cell);
        }
    }
    function options(id, values) {
        for (const value of [...new Set(values)].filter(Boolean).sort()) {
            const option = make('option', value);
            option.value = value;
            byId(id).append(option);
        }
    }
    function wanted() {
        const words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
        const rule = byId('rule').value, client = byId('client').value, what = byId('what').value;
        const domain = byId('domain').value;
        return rows.filter((row) =>
            (!client || row.client === client) && (!domain || row.domain === domain) &&
            (!rule || row.findings.some((f) => f.rule === rule) ||
                row.verdicts.some((v) => v[0] === rule && v[1] === 'unknown')) &&
            (what === 'all' || (what === 'findings' && row.findings.length) ||
                (what === 'errors' && row.errors) || (what === 'unknown' && row.unknown) ||
                (what === 'fine' && !row.findings.length && !row.unknown)) &&
            words.every((word) => row.text.includes(word)));
    }
    function sorted(list) {
        const key = state.sort, sign = state.down ? -1 : 1;
        return list.sort((a, b) => sign * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0) ||
            b.errors - a.errors || b.warnings - a.warnings || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
    }
    function placeOf(finding) {
        const column = finding.column ? ', column ' + finding.column : '';
        const at = finding.line ? 'line ' + finding.line + column : '';
        return [at, finding.path].filter(Boolean).join(' \u00b7 ');
    }
    function answer(rule, kind, reason, findings) {
        const item = make('li'), known = rules.get(rule);
        const cls = { pass: 'pass', fail: 'error', unknown: 'warning' }[kind] || 'dim';
        const sign = make('span', SIGNS[kind], cls);
        sign.setAttribute('aria-label', kind);
        item.append(sign, known ? known.brief : rule);
        if (reason) item.append(make('p', reason, 'dim'));
        for (const finding of findings) {
            const line = make('p');
            line.append(make('b', finding.severity + ': ', finding.severity), finding.message);
            item.append(line);
            if (finding.hint) item.append(make('p', finding.hint));
            item.append(make('p', placeOf(finding), 'dim'));
        }
        return item;
    }
    function checklist(row) {
        const box = make('div', undefined, 'details'), said = new Set();
        const verdicts = new Map(row.verdicts.map((v) => [v[0], v]));
        if (row.notLive) box.append(make('p', 'Not in use: ' + row.notLive, 'dim'));
        for (const symptom of row.verdicts.length ? data.symptoms : []) {
            const list = make('ul');
            for (const step of symptom.steps) {
                if (step.clients && !step.clients.includes(row.client)) continue;
                if (step.text) {
                    const item = make('li');
                    item.append(make('span', '\u2610'), step.text);
                    list.append(item);
                } else if (verdicts.has(step.rule)) {
                    const [rule, kind, reason] = verdicts.get(step.rule);
                    list.append(answer(rule, kind, reason, row.findings.filter((f) => f.rule === rule)));
                    said.add(rule);
                }
            }
            box.append(make('p', symptom.title), list);
            box.lastChild.previousSibling.className = 'dim';
        }
        const rest = make('ul');
        for (const [rule, kind, reason] of row.verdicts)
            if (!said.has(rule)) {
                rest.append(answer(rule, kind, reason, row.findings.filter((f) => f.rule === rule)));
                said.add(rule);
            }
        for (const finding of row.findings)
            if (!said.has(finding.rule)) rest.append(answer(finding.rule, 'fail', '', [finding]));
        if (rest.children.length) box.append(make('p', 'Also checked', 'dim'), rest);
        return box;
    }
    function line(row) {
        const tr = make('tr');
        for (const [key] of COLUMNS) {
            const cell = make('td', undefined, NUMBERS.has(key) ? 'number' : '');
            if (key === 'account') {
                const button = make('button', row[key]);
                button.type = 'button';
                button.setAttribute('aria-expanded', String(state.open === row));
                button.addEventListener('click', () => {
                    state.open = state.open === row ? null : row;
                    show();
                });
                cell.append(button);
            } else {
                cell.textContent = row[key];
                if (row[key] && key === 'errors') cell.classList.add('error');
                if (row[key] && key === 'warnings') cell.classList.add('warning');
            }
            tr.append(cell);
        }
        return tr;
    }
    function show() {
        const list = sorted(wanted()), body = byId('rows');
        const pages = Math.max(1, Math.ceil(list.length / PAGE));
        state.page = Math.min(state.page, pages - 1);
        body.replaceChildren();
        for (const row of list.slice(state.page * PAGE, (state.page + 1) * PAGE)) {
            const tr = line(row);
            body.append(tr);
            if (state.open !== row) continue;
            const more = make('tr', undefined, 'open'), cell = make('td');
            cell.colSpan = COLUMNS.length;
            cell.append(checklist(row));
            more.append(cell);
            body.append(more);
        }
        byId('count').textContent = list.length.toLocaleString('en') + ' of ' + rows.length.toLocaleString('en');
        byId('page').textContent = 'page ' + (state.page + 1) + ' of ' + pages;
        byId('before').disabled = !state.page;
        byId('after').disabled = state.page + 1 >= pages;
        for (const cell of byId('head').children)
            cell.setAttribute('aria-sort', cell.dataset.key !== state.sort ? 'none'
                : state.down ? 'descending' : 'ascending');
    }
    function set(id, value) {
        byId(id).value = value;
        state.page = 0;
        show();
        byId('accounts').scrollIntoView();
    }

    totals();
    bars('by-rule', (row, f) => f.rule, (key) => set('rule', key));
    bars('by-client', (row) => row.client, (key) => set('client', key));
    bars('by-domain', (row) => row.domain, (key) => set('domain', key));
    head();
    options('rule', data.rules.map((r) => r.id));
    options('client', rows.map((r) => r.client));
    options('domain', rows.map((r) => r.domain));
    let typing = 0;
    byId('search').addEventListener('input', () => {
        clearTimeout(typing);
        typing = setTimeout(() => { state.page = 0; show(); }, 150);
    });
    for (const id of ['rule', 'client', 'domain', 'what'])
        byId(id).addEventListener('change', () => { state.page = 0; show(); });
    byId('filter').addEventListener('submit', (event) => event.preventDefault());
    byId('before').addEventListener('click', () => { state.page--; show(); });
    byId('after').addEventListener('click', () => { state.page++; show(); });
    show();
    document.documentElement.dataset.ready = 'yes';
})();
