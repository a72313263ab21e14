#!/usr/bin/env python3
"""Make the procedure-side starter tables (src/Deltoid/Codes/Starter/*.tsv) from the official public files.

    make_procedures.py DATA_FOLDER

Reads the data folder, the hand-typed *.tsv files beside this script, and (when already there) the codes of
Starter/hcpcs.tsv and Starter/vaccines.tsv, whose status, MUE and OPPS rows are made here too.
Writes procedures pfs factors mue ncci addons pos modifiers icd10 asp opps. Never copies a CPT descriptor:
labels of CPT codes are our own (procedure-labels.tsv). sources.tsv is typed by hand and only checked here.
A from date beginning with ? = in force at least since that day, true start unknown.
"""
import csv, gzip, io, json, re, sys, zipfile
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / 'src' / 'Deltoid' / 'Codes' / 'Starter'
CODE = re.compile(r'^(?=.*\d)[0-9A-Z]{4}[0-9A-Z]$')
SINCE24 = '?2024-07-01'                                    # the 2024Q3 NCCI and MUE tables


def rows_of(path):
    """Rows of one of our own tsv files as dictionaries ('# ' lines are comments)."""
    if not path.exists():
        return []
    lines = [l for l in path.read_text('utf-8').splitlines() if l and not l.startswith('# ')]
    names = lines[0].split('\t')
    return [dict(zip(names, l.split('\t'))) for l in lines[1:]]


def table(path):
    """Data rows of a CMS csv file: those whose first cell is a five-character code."""
    with open(path, encoding='latin-1', newline='') as f:
        return [r for r in csv.reader(f) if r and CODE.match(r[0])]


def write(name, columns, rows, *comments):
    """Write one starter table: header first, then comments, then the rows."""
    text = ['\t'.join(columns)] + ['# ' + c for c in comments] + ['\t'.join(r) for r in rows]
    assert all(len(r) == len(columns) for r in rows), name
    (OUT / name).write_text('\n'.join(text) + '\n', 'utf-8', newline='\n')
    for r in rows:
        USED.update({r[columns.index('source')].split(':')[0]})
    print(f'{name}\t{len(rows)} rows\t{(OUT / name).stat().st_size} bytes')


def pack(codes):
    """Sorted blank-separated code list; a run of three or more consecutive numbers becomes a range."""
    out, run = [], []

    def number(c):
        return (c[0], int(c[1:])) if c[0].isalpha() else ('', int(c))

    def flush():
        out.extend([run[0] + '-' + run[-1]] if len(run) > 2 else run)
        run.clear()
    for c in sorted(codes):
        if run and not (c[1:].isdigit() and number(c) == (number(run[-1])[0], number(run[-1])[1] + 1)):
            flush()
        run.append(c)
    if run:
        flush()
    return ' '.join(out)


def day(d):
    """20250630 -> 2025-06-30; empty stays empty."""
    d = (d or '').strip()
    return f'{d[:4]}-{d[4:6]}-{d[6:]}' if d else ''


def hcpcs_2024(data):
    """HCPCS 2024 official records: code -> (ADD date, TERM date). Modifiers lost their leading blanks."""
    found = {}
    path = data / 'hcpcs-2024-rawlines/HCPC2024_rawlines_UPPERCASED.txt'
    for line in path.read_text('latin-1').splitlines():
        m = re.match(r'(?:([A-Z]\d{4})00\d{3}3|([A-Z0-9]{2})00\d{3}7)', line)
        t = re.search(r'(\d{8})(\d{8})(\d{8}| {8})[A-Z]\s*$', line)
        if m and t:
            found[m.group(1) or m.group(2)] = (day(t.group(1)), day(t.group(3)))
    return found


# ---- dates of CPT codes that no file at hand carries
DATES = {
    '96380': ('2023-10-06', '', 'K'), '96381': ('2023-10-06', '', 'K'),
    '99441': (SINCE24, '2024-12-31', 'K'), '99442': (SINCE24, '2024-12-31', 'K'), '99443': (SINCE24, '2024-12-31', 'K'),
    'G0533': ('2025-01-01', '', 'RULES:INJ-037'),
}


def procedures(labels, pfs25, pfs26, hcp24, hcp26):
    rows = []
    for code, label in sorted(labels.items()):
        in25, in26 = (code, '') in pfs25, (code, '') in pfs26
        if code in DATES:
            start, end, source = DATES[code]
        elif code in hcp24:
            start, end = hcp24[code][0], day(hcp26[code]['terminationDate'])
            source = 'HCP26' if end else 'HCP24'
        elif in25:
            start, end, source = '?2025-01-01', '' if in26 else '2025-12-31', 'PFS25'
        elif in26:
            start, end, source = '2026-01-01', '', 'PFS26'
        else:
            raise SystemExit(f'{code}: in no file')
        rows.append((code, start, end, label, source))
    write('procedures.tsv', 'code from thru label source'.split(), rows,
          'Our own labels. CPT codes: ? = listed in the 2025 fee schedule file, counts as in force before that too.',
          'HCPCS codes: from = ADD date of the 2024 file (HCP24), thru = TERM date of the 2026 file (HCP26).')


def pfs(family, products, ends, pfs25, pfs26):
    """A product that had ended before a year's file was released shows the status of an ended code there: that row is left out."""
    rows = []
    for year, source, released, t in (('2025', 'PFS25', '2025-09-11', pfs25), ('2026', 'PFS26', '2026-06-30', pfs26)):
        for (code, mod), r in t.items():
            cells = [r[5], r[6], r[8], r[10], 'y' if r[7] == 'NA' else '', 'y' if r[9] == 'NA' else '', *r[13:15], r[18], r[19]]
            if code in products and code not in family:
                if mod or r[3] == 'E' or '' < ends.get(code, '') < released:
                    continue
                cells = [c if re.fullmatch(r'[\d.]+', c) and float(c) else '' for c in cells[:4]] + [''] * 6
            elif code not in family:
                continue
            rows.append((code, mod, f'{year}-01-01', f'{year}-12-31', r[3], *cells, source))
    write('pfs.tsv', 'code mod from thru status work pe_nf pe_f mp nf_na f_na pctc global mult bilat source'.split(),
          sorted(rows, key=lambda r: (r[0], r[2], r[1])),
          'Physician fee schedule RVUs and indicators. Product codes (drugs, vaccines): status only, and only where it is not E, as it is for nearly all of them.')


def factors(pfs25, pfs26):
    def cf(t, i):
        values = {r[i] for r in t.values()}
        assert len(values) == 1, values
        return values.pop()
    write('factors.tsv', 'from thru kind factor source'.split(), [
        ('2025-01-01', '2025-12-31', 'standard', cf(pfs25, 24), 'PFS25'),
        ('2026-01-01', '2026-12-31', 'qp', '33.5675', 'RULES:INJ-260'),
        ('2026-01-01', '2026-12-31', 'standard', cf(pfs26, 25), 'PFS26')],
        'Conversion factors. qp = qualifying APM participant (second 2026 file); 2025 had one factor.')


def mue(data, wanted):
    new = {}
    with open(data / 'ncci-2026-extract/mue_2026q3_q4_injection_codes.csv', newline='') as f:
        for r in csv.DictReader(f):
            assert new.get(r['code'], (r['max_units'], r['mai'])) == (r['max_units'], r['mai'])
            new[r['code']] = (r['max_units'], r['mai'])
    rows = []
    for kind, path, source in (('practitioner', 'mue_prac.tsv', 'MUE24'), ('outpatient', 'mue_out.tsv', 'MUE24H')):
        with open(data / 'ncci-2024q3-derived' / path, newline='') as f:
            old = {r['hcpcs_code']: (r['mue_units'], r['mue_mai']) for r in csv.DictReader(f, delimiter='\t')}
        for code in wanted & (set(old) | (set(new) if kind == 'practitioner' else set())):
            now, before = new.get(code) if kind == 'practitioner' else None, old.get(code)
            if now and now == before:
                rows.append((code, kind, SINCE24, '', *now, 'MUE26'))
                continue
            if before:
                rows.append((code, kind, SINCE24, '2026-06-30' if now else '', *before, source))
            if now:
                rows.append((code, kind, '2026-07-01', '', *now, 'MUE26'))
    write('mue.tsv', 'code table from thru value mai source'.split(), sorted(rows, key=lambda r: (r[0], r[2].lstrip('?'), r[1])),
          'Medically unlikely edits. MUE26 with ? = the 2024Q3 and the 2026 tables agree. No row = no published value known.')


def ncci(data, family):
    """Pairs with both codes in the family. Rows of the 2026 extract carry true dates and replace the 2024 ones."""
    official = defaultdict(list)
    with open(data / 'ncci-2026-extract/ptp_v323r0_injection_pairs.csv', newline='') as f:
        for r in csv.DictReader(f):
            if {r['col1'], r['col2']} <= family:
                official[r['col1'], r['col2']].append((r['modifier_indicator'], r['effective'], r['deleted'], 'PTP26'))
    vaccine = set('90460 90461 90471 90472 90473 90474 G0008 G0009 G0010'.split())
    visits = set('99202 99203 99204 99205 99211 99212 99213 99214 99215'.split())
    found = set()
    for kind, path, source in (('practitioner', 'ptp_prac_2024q3.tsv.gz', 'PTP24'), ('hospital', 'ptp_out_2024q3.tsv.gz', 'PTP24H')):
        prac = kind == 'practitioner'
        with gzip.open(data / 'ncci-2024q3-derived' / path, 'rt', newline='') as f:
            for r in csv.reader(f, delimiter='\t'):
                one, two, deleted, ind = r[:4]
                if one not in family or two not in family or ind == '9':
                    continue
                # dates given by the specification
                if prac and one == '96372' and two in visits and deleted == '2019-12-31':
                    found.add((one, kind, ind, '2009-01-01', deleted, two, 'RULES:INJ-072'))
                elif prac and one in vaccine and two == '99211' and deleted >= '2021-09-30':
                    active = deleted > '2030'
                    found.add((one, kind, ind, '2021-10-01' if active else '?' + deleted, '' if active else deleted, two, 'RULES:INJ-071'))
                elif deleted > '2030':
                    found.add((one, kind, ind, SINCE24, '', two, source))
                elif deleted >= '2024-01-01':
                    found.add((one, kind, ind, min(SINCE24, '?' + deleted), deleted, two, source))
    for (one, two), rows in official.items():              # the extract wins over every row of the same pair and span
        ends = {r[2] for r in rows}
        found = {x for x in found if (x[0], x[1], x[5]) != (one, 'practitioner', two) or x[4] not in ends and x[4]}
        found |= {(one, 'practitioner', ind, start, end, two, source) for ind, start, end, source in rows}
    groups = defaultdict(set)
    for one, kind, ind, start, end, two, source in found:
        groups[one, kind, ind, start, end, source].add(two)
    write('ncci.tsv', 'col1 table indicator from thru col2 source'.split(),
          sorted(((*k[:5], pack(v), k[5]) for k, v in groups.items()), key=lambda r: (r[0], r[3].lstrip('?'), *r[1:])),
          'Procedure-to-procedure edits among the codes of procedures.tsv. indicator 1 = a modifier may bypass, 0 = never.',
          'E/M pairs had a gap 2020-01-01..2020-09-30 (RULES:INJ-161). A ? start: the 2024Q3 table held the pair, or the day it ended.')


def addons(data, family):
    kinds, parents = {}, defaultdict(set)
    with open(data / 'ncci-2024q3-derived/aoc.tsv', newline='') as f:
        for r in csv.DictReader(f, delimiter='\t'):
            code, parent = r['add_on_code'], r['primary_code']
            if code in family:
                assert kinds.setdefault(code, r['aoc_edit_type']) == r['aoc_edit_type'], code
                parents[code] |= {parent} if parent == 'CCCCC' or parent in family else set()
    rows = [(c, k, '*' if 'CCCCC' in parents[c] else pack(parents[c]), '?2024-06-03', '', 'AOC24') for c, k in sorted(kinds.items())]
    write('addons.tsv', 'code type parents from thru source'.split(), rows,
          'Add-on codes. parents: only those among the codes of procedures.tsv; * = set by the contractor; type 1 = closed list, 3 = open.')


def places(data):
    known = {'10': ('2022-01-01', 'RULES:3.15'), '27': ('2023-10-01', 'RULES:3.15')}
    names = {'72': 'Rural Health Clinic'}
    rows = []
    with open(data / 'carc-rarc-pos-2024-06/pos_codes.tsv', encoding='utf-8', newline='') as f:
        for r in csv.DictReader(f, delimiter='\t'):
            flag = {'Facility': 'F', 'Non-Facility': 'N'}.get(r['pos_type'])
            if flag:
                start, source = known.get(r['pos_code'], ('?2024-06-01', 'POS24'))
                name = names.get(r['pos_code'], r['pos_name'].strip().replace('\u2019', "'"))
                rows.append((r['pos_code'], name, flag, start, '', source))
    write('pos.tsv', 'code name facility from thru source'.split(), sorted(rows),
          'CMS place-of-service names. F = Medicare pays the facility rate, N = the non-facility rate.')


def modifiers(data, hcp24):
    official = {m['code'] for m in json.loads((data / 'hcpcs-2026-jan/hcpcs-modifiers.json').read_text('utf-8'))}
    with open(data / 'hcpcs-2026oct-header/HCPC2026_OCT_ANWEB.header+rows.excerpt.csv', encoding='utf-8-sig', newline='') as f:
        later = {r['HCPC'].strip(): day(r['TERM DT']) for r in csv.DictReader(f) if r['TERM DT']}
    rows = []
    for m in rows_of(HERE / 'modifier-labels.tsv'):
        code, source = m['code'], m['source']
        if source:
            start, end = '?2025-01-01' if source == 'PFS25' else '?2026-01-01', ''
            if code in hcp24:
                (start, end), source = hcp24[code], 'HCP24'
        else:
            assert code in official, code
            start, end = hcp24[code]
            source = 'HCP24'
            if code in later:
                end, source = later[code], 'HCP26O'
        rows.append((code, m['label'], m['groups'], start, end, source))
    write('modifiers.tsv', 'code label groups from thru source'.split(), sorted(rows),
          'Our own labels. The list is not complete: a modifier that is absent here is unknown, not wrong.')


def icd10(data):
    by = defaultdict(list)
    with zipfile.ZipFile(data / 'icd10cm-fy2026/cms_2026_dx.zip') as z, z.open('icd10cm_order_2026.txt') as f:
        for line in io.TextIOWrapper(f, 'latin-1'):
            code = line[6:13].strip()
            by[code[:3]].append((code, line[14], '?2025-10-01', '', line[16:76].strip(), 'ICD26'))
    picked = set()
    left_out = {'M1A'}
    for r in rows_of(HERE / 'icd10-categories.tsv'):
        for token in r['categories'].split():
            first, last = (token.rstrip('?').split('-') * 2)[:2]
            hits = {c for c in by if first <= c <= last} - left_out
            assert hits, token
            picked |= {c for c in hits if not (token.endswith('?') and len(by[c]) > 150)}
    rows = sorted(r for c in picked for r in by[c])
    write('icd10.tsv', 'code valid from thru label source'.split(), rows,
          'Complete three-character categories: a code that is absent from a listed category is not a valid code. valid 0 = header.')


def asp(data):
    with open(data / 'asp-2026q3-extract/july-2026-part-b-payment-limits.extract.csv', encoding='utf-8', newline='') as f:
        rows = [(r[0], '2026-07-01', '2026-09-30', r[2].strip(), r[3], r[4], 'ASP26') for r in csv.reader(f)
                if r and CODE.match(r[0]) and re.fullmatch(r'[\d.]+', r[3])]
    write('asp.tsv', 'code from thru dosage limit coinsurance source'.split(), sorted(rows),
          'Medicare Part B payment limit per billing unit; coinsurance in percent.')


def opps(data, wanted):
    rows = [(r[0], '?2026-04-01', '', r[2], r[3], 'OPPS26') for r in table(data / 'opps-addendum-b-2026-04/addendum_b_2026-04.csv')
            if r[0] in wanted]
    write('opps.tsv', 'code from thru si rate source'.split(), sorted(rows), 'Hospital outpatient status indicator and national rate (Addendum B, April 2026): the release read, so the start of each is unknown.')


USED = set()


def main(data):
    labels = {r['code']: r['label'] for r in rows_of(HERE / 'procedure-labels.tsv')}
    family = set(labels)
    products = {r['code'] for n in ('hcpcs.tsv', 'vaccines.tsv') for r in rows_of(OUT / n)} - family
    pfs25 = {(r[0], r[1].strip()): r for r in table(data / 'pfs-rvu25d/PPRRVU2025_Oct.csv')}
    pfs26 = {(r[0], r[1].strip()): r for r in table(data / 'pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv')}
    hcp24 = hcpcs_2024(data)
    hcp26 = {r['code']: r for r in json.loads((data / 'hcpcs-2026-jan/hcpcs-index.json').read_text('utf-8'))}
    procedures(labels, pfs25, pfs26, hcp24, hcp26)
    ends = {r['code']: r['thru'] for r in rows_of(OUT / 'hcpcs.tsv')}
    pfs(family, products, ends, pfs25, pfs26)
    factors(pfs25, pfs26)
    mue(data, family | products)
    ncci(data, family)
    addons(data, family)
    places(data)
    modifiers(data, hcp24)
    icd10(data)
    asp(data)
    opps(data, family | products)
    missing = USED - {r['id'] for r in rows_of(OUT / 'sources.tsv')}
    if missing:
        print('not in sources.tsv:', ' '.join(sorted(missing)))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
