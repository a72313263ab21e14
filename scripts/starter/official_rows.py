#!/usr/bin/env python3
"""Make the starter tables that official public files give whole: official_rows.py DATA_FOLDER

Writes cpt level2 pfs mue ncci addons icd10 asp opps (src/Deltoid/Codes/Starter/*.tsv). All other tables there are edited
by hand; their codes (procedures, hcpcs, vaccines) are read here, and keep their own rows. No CPT descriptor is copied.
A from that begins with ? = in force at least since that day, true start unknown. The same files give the same rows.
"""
import csv, gzip, io, json, re, sys, zipfile
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / 'src' / 'Deltoid' / 'Codes' / 'Starter'
CODE = re.compile(r'^([A-Z]\d{4}|\d{4}[0-9A-Z])$')
NUMBER = re.compile(r'^\$?[\d,]*\.?\d+$')
USED = set()


# ---- reading and writing

def starter(name):
    """Rows of one of our own tables as dictionaries (lines that begin with # are comments)."""
    lines = [l for l in (OUT / f'{name}.tsv').read_text('utf-8').splitlines() if l and l[0] != '#']
    names = lines[0].split('\t')
    return [dict(zip(names, l.split('\t') + [''] * len(names))) for l in lines[1:]]


def table(path):
    """Data rows of a CMS csv file: those whose first cell is a five-character code. Dental codes are left out."""
    with open(path, encoding='latin-1', newline='') as f:
        return [r for r in csv.reader(f) if r and CODE.match(r[0]) and r[0][0] != 'D']


def tabbed(path):
    """Rows of a tab-separated file as dictionaries."""
    with (gzip.open(path, 'rt', newline='') if path.suffix == '.gz' else open(path, newline='')) as f:
        yield from csv.DictReader(f, delimiter='\t')


def write(name, columns, rows, *comments):
    """Write one table: header, comments, rows; empty cells at the end of a row are left off."""
    assert all(len(r) == len(columns) for r in rows), name
    text = ['\t'.join(columns)] + ['# ' + c for c in comments] + ['\t'.join(r).rstrip('\t') for r in rows]
    (OUT / f'{name}.tsv').write_text('\n'.join(text) + '\n', 'utf-8', newline='\n')
    for r in rows:
        USED.update(s.split(':')[0] for s in r[columns.index('source')].split())
    print(f'{name}\t{len(rows)} rows\t{(OUT / f"{name}.tsv").stat().st_size} bytes')


def pack(codes):
    """Sorted blank-separated code list; a run of three or more consecutive numbers becomes a range."""
    out, run = [], []

    def number(c):
        return (c[0], int(c[1:])) if c[0].isalpha() else ('', int(c))

    def follows(c):
        return c[1:].isdigit() and run[-1][1:].isdigit() and number(c) == (number(run[-1])[0], number(run[-1])[1] + 1)

    def flush():
        out.extend([run[0] + '-' + run[-1]] if len(run) > 2 else run)
        run.clear()
    for c in sorted(codes):
        if run and not follows(c):
            flush()
        run.append(c)
    if run:
        flush()
    return ' '.join(out)


def day(d):
    """20250630 -> 2025-06-30; empty stays empty."""
    d = (d or '').strip()
    return f'{d[:4]}-{d[4:6]}-{d[6:]}' if d else ''


def short(number):
    """0.50 -> 0.5, 0.00 -> empty."""
    number = number.rstrip('0').rstrip('.') if '.' in number else number
    return '' if number == '0' else number


# ---- HCPCS Level II

def added_2024(data):
    """ADD dates of the official 2024 records (their leading blanks were lost)."""
    found = {}
    for line in (data / 'hcpcs-2024-rawlines/HCPC2024_rawlines_UPPERCASED.txt').read_text('latin-1').splitlines():
        m, t = re.match(r'([A-Z]\d{4})00\d{3}3', line), re.search(r'(\d{8})(\d{8})(\d{8}| {8})[A-Z]\s*$', line)
        if m and t:
            found[m[1]] = day(t[1])
    return found


def start(code, row, added, oct25):
    """First day of a code of the January 2026 file, and the lists it was read from. Its own date is that of the last change."""
    if code in added:
        return added[code], 'HCP26 HCP24'
    if row['terminationDate']:
        return '?', 'HCP26'
    changed = day(row['effectiveDate'])
    if changed > '2025-10-01' and code in oct25:
        return '?2025-10-01', 'HCP26 HCP25'
    return ('?' + changed if changed <= '2024-10-01' else changed), 'HCP26'


def label(text):
    text = re.sub(r'\s+', ' ', text).strip()
    text = re.sub(r'^Injection,?\s*', '', text, flags=re.I)
    text = text[:1].upper() + text[1:]
    return text if len(text) <= 90 else text[:87].rsplit(' ', 1)[0].rstrip(',;') + '...'


UNITS = {'mg': 'mg', 'mcg': 'mcg', 'microgram': 'mcg', 'micrograms': 'mcg', 'g': 'g', 'gm': 'g', 'gram': 'g', 'grams': 'g', 'ml': 'ml', 'cc': 'ml',
         'unit': 'units', 'units': 'units', 'iu': 'iu', 'i.u.': 'iu', 'meq': 'meq', 'mci': '', 'dose': 'dose'}


def unit(text):
    """The plain amount that ends a description, and whether it says 'up to'; nothing where it is not plain."""
    m = re.search(r'(?:^|,\s*|\s)(per|up to)\s+([\d,]*\.?\d+)?\s*([a-z.]+)\.?$', text.strip().lower()) or re.search(r'(,)\s*([\d,]*\.?\d+)\s*([a-z.]+)$', text.strip().lower())
    word = UNITS.get(m[3], '') if m else ''
    if not word or not m[2] and word != 'dose':
        return '', ''
    amount = (m[2] or '1').replace(',', '')
    return f'{"0" + amount if amount[0] == "." else amount} {word}', 'y' if m[1] == 'up to' else ''


def level2(data, known, fees):
    """Every code that no hand-edited table has. Codes after January 2026 have no dates in any file: the quarter whose files first list them."""
    jan = {r['code']: r for r in json.loads((data / 'hcpcs-2026-jan/hcpcs-index.json').read_text('utf-8')) if r['code'][0] != 'D'}
    added = added_2024(data)
    with open(data / 'hcpcs-2025oct-descriptions/hcpc_short.csv', encoding='utf-8', newline='') as f:
        oct25 = {r[0].strip() for r in csv.reader(f) if r}
    rows = []
    for code, r in jan.items():
        if code not in known:
            begun, source = start(code, r, added, oct25)
            drug = code[0] == 'J' or r['pricing'] == '51'
            amount, up_to = unit(r['desc']) if drug else ('', '')
            rows.append((code, begun, day(r['terminationDate']), 'y' if drug else '', amount, up_to, label(r['desc']), source))
    with gzip.open(data / 'hcpcs-2026q3-codelist/hcpcs_level2_2026q3.txt.gz', 'rt') as f:
        july = {l.strip() for l in f if CODE.match(l.strip()) and l[0] != 'D'}
    with open(data / 'pfs-rvu26b/PPRRVU2026_Apr_nonQPP.txt', encoding='latin-1') as f:
        april = {l[:5] for l in f if CODE.match(l[:5])}
    april |= {r[0] for r in table(data / 'opps-addendum-b-2026-04/addendum_b_2026-04.csv')}
    priced = {r['code']: r for r in tabbed(data / 'asp-2026q4/payment-limits-2026q4.transcribed.tsv')}
    for code in (july | set(priced)) - set(jan) - known:
        begun = '2026-04-01' if code in april else '2026-07-01' if code in july else '2026-10-01'
        drug = code[0] == 'J' or code in priced
        text = (fees[code][2] if code in fees else '').capitalize()
        amount, up_to = unit(', ' + priced[code]['dosage']) if code in priced else ('', '')
        rows.append((code, begun, '', 'y' if drug else '', amount, up_to, text, 'HCP26Q3' if code in july else 'ASP264'))
    write('level2', 'code from thru drug unit upto label source'.split(), sorted(rows),
          'HCPCS Level II codes that no other table has (no dental codes). from = ADD date of the 2024 file (HCP24), thru = TERM date of January 2026.',
          'HCP26Q3: listed in July 2026 and not in January; from = the quarter whose fee files list it first. ASP264: first priced in October 2026.')
    return set(jan) | july | set(priced)


# ---- CPT

def cpt(known, pfs25, pfs26, mue24, mue26, opps26):
    """Codes only, no texts. The fee schedule says the year; codes it does not list (laboratory panels) the lists of units and of the hospital."""
    groups = defaultdict(set)
    for code in (pfs25 | pfs26 | mue24 | mue26 | opps26) - known:
        if not code[0].isdigit():
            continue
        now = code in pfs26 | mue26 | opps26
        if code in pfs25:
            group = ('?2025-01-01', '' if now else '2025-12-31', 'PFS25')
        elif code in mue24:
            group = ('?2024-07-01', '' if now else '2024-12-31' if code.isdigit() else '2025-09-30', 'MUE24')
        elif code in pfs26:
            group = ('2026-01-01', '', 'PFS26')
        else:
            group = ('?2026-04-01', '', 'OPPS26') if code in opps26 else ('?2026-07-01', '', 'MUE26')
        groups[code[:2], code[4:].isalpha(), *group].add(code)
    write('cpt', 'codes from thru source'.split(), [(pack(codes), *k[2:]) for k, codes in sorted(groups.items(), key=lambda g: min(g[1]))],
          'CPT codes that no other table has, without texts. PFS25 = listed in the 2025 fee schedule; thru 2025-12-31 = not in that of 2026, nor elsewhere.',
          'MUE24 alone: listed in July 2024 and later in no list; CPT codes end with a year (K), others before the list of October 2025.')


# ---- physician fee schedule

def pfs(products, pfs25, pfs26):
    """Rows of both years; one row where they say the same. A product has its status alone, and none where it is E, as nearly all are."""
    rows = {}
    for year, source, t in (('2025', 'PFS25', pfs25), ('2026', 'PFS26', pfs26)):
        shift = 1 if year == '2026' else 0
        for (code, mod), r in t.items():
            if code in products and (mod or r[3] == 'E' or '' < products[code] < ('2025-09-11' if year == '2025' else '2026-06-30')):
                continue
            values = [short(c) for c in (r[5], r[6], r[8], r[10])]
            marks = ['y' if r[7] == 'NA' else '', 'y' if r[9] == 'NA' else '', *r[13:15], r[18], r[19], r[23 + shift].strip(), *(short(c) for c in r[28 + shift:31 + shift])]
            if code in products:
                marks = [''] * len(marks)
            same = rows.get((code, mod, '2025'))
            if same and same[4:-1] == (r[3], *values, *marks):
                rows[code, mod, '2025'] = (*same[:3], f'{year}-12-31', *same[4:-1], 'PFS25 PFS26')
            else:
                rows[code, mod, year] = (code, mod, f'{year}-01-01', f'{year}-12-31', r[3], *values, *marks, source)
    write('pfs', 'code mod from thru status work pe_nf pe_f mp nf_na f_na pctc global mult bilat endo cap_nf cap_f cap_mp source'.split(),
          [rows[k] for k in sorted(rows, key=lambda k: (k[0], k[2], k[1]))],
          'Physician fee schedule: relative values and indicators, no texts; an empty value is 0. endo = base of its family of endoscopies, cap = values of the OPPS cap.',
          'Product codes (drugs, vaccines): status only, and only where it is not E, as it is for nearly all of them.')


# ---- units, prices, hospital

def mue(data):
    """Where 2024Q3 and 2026Q3 agree one row; else the day of the change is unknown, and the later value counts from the first list that has it."""
    tables = {}
    for name, file in (('practitioner', 'mue_prac.tsv'), ('outpatient', 'mue_out.tsv')):
        for year, folder in (('24', 'ncci-2024q3-derived'), ('26', 'ncci-mue-2026q3')):
            tables[name, year] = {r['hcpcs_code']: (r['mue_units'], r['mue_mai']) for r in tabbed(data / folder / file) if r['hcpcs_code'][0] != 'D'}
    rows = set()
    for name in ('practitioner', 'outpatient'):
        old, new, mark = tables[name, '24'], tables[name, '26'], 'H' if name == 'outpatient' else ''
        for code in set(old) | set(new):
            if old.get(code) == new.get(code):
                rows.add((code, name, '?2024-07-01', '', *new[code], 'MUE26' + mark))
                continue
            if code in old:
                rows.add((code, name, '?2024-07-01', '2026-06-30', *old[code], 'MUE24' + mark))
            if code in new:
                rows.add((code, name, '2026-07-01', '', *new[code], 'MUE26' + mark))
    for row in list(rows):
        twin = (row[0], 'outpatient', *row[2:6], row[6] + 'H')
        if row[1] == 'practitioner' and twin in rows:
            rows -= {row, twin}
            rows.add((row[0], 'both', *row[2:]))
    write('mue', 'code table from thru value mai source'.split(), sorted(rows, key=lambda r: (r[0], r[2].lstrip('?'), r[1])),
          'Medically unlikely edits, 2024Q3 (MUE24, MUE24H) and 2026Q3 (MUE26, MUE26H: outpatient hospital); both = practitioner and outpatient.',
          'A ? start with MUE26 = both lists say so. No row = no published value known.')


QUARTERS = {  # the files as published; of October 2025 the corrected one
    '2024-01': 'asp-history/section 508 version of January 2024 ASP Pricing File 121223.csv', '2024-04': 'asp-history/section 508 version of April 2024 ASP Pricing File 032124.csv',
    '2024-07': 'asp-history/section 508 version of Jul 2024 ASP Pricing File 062024.csv', '2024-10': 'asp-history/section 508 version of Oct 2024 ASP Pricing File 091824.csv',
    '2025-01': 'asp-history/section 508 version of Jan 2025 ASP Pricing File 121924.csv', '2025-04': 'asp-history/section 508 version of APR 2025 ASP Pricing File 032725.csv',
    '2025-07': 'asp-history/section 508 verision of JUL 2025 ASP Pricing File 062325.csv', '2025-10': 'asp-history/Oct 2025 ASP Pricing File updated 120925.csv',
    '2026-01': 'asp-2026q1/section 508 version of January 2026 Medicare Part B Payment Limit File 121725.csv', '2026-07': 'asp-2026q3-extract/july-2026-part-b-payment-limits.extract.csv'}


def asp(data):
    found = defaultdict(dict)                              # code -> first month of the quarter -> (limit, coinsurance)
    for month, path in QUARTERS.items():
        for r in table(data / path):
            if NUMBER.match(r[3].strip()):
                found[r[0]][month] = (r[3].strip().lstrip('$').replace(',', ''), r[4].strip())
    for r in tabbed(data / 'asp-2026q4/payment-limits-2026q4.transcribed.tsv'):
        found[r['code']]['2026-10'] = (r['limit'], r['coinsurance'])
    rows = []
    for code, quarters in sorted(found.items()):
        for month, (limit, share) in sorted(quarters.items()):
            last = {'01': '03-31', '04': '06-30', '07': '09-30', '10': '12-31'}[month[5:]]
            source = 'ASP26' if month == '2026-07' else f'ASP{month[2:4]}{(int(month[5:]) + 2) // 3}'
            rows.append((code, f'{month}-01', f'{month[:4]}-{last}', limit, share, source))
    write('asp', 'code from thru limit coinsurance source'.split(), rows,
          'Medicare Part B payment limit for one billing unit, quarter by quarter; coinsurance in percent. 2026Q2 was not at hand, 2026Q3 is an extract, 2026Q4 typed.')


def opps(data):
    """October 2025 and April 2026, one row where they agree. The later row counts from the end of the earlier one."""
    old = {r[0]: (r[2].strip(), r[5].strip().lstrip('$').replace(',', '')) for r in table(data / 'opps-addendum-b-2025-10/508 version of October 2025 Web Addendum B.10.31.25.csv')}
    new = {r[0]: (r[2].strip(), r[3].strip()) for r in table(data / 'opps-addendum-b-2026-04/addendum_b_2026-04.csv')}

    def same(code):
        a, b = old.get(code), new.get(code)
        return a and b and a[0] == b[0] and float(a[1] or -1) == float(b[1] or -1)
    rows = []
    for code in sorted(set(old) | set(new)):
        if same(code):
            rows.append((code, '?2025-10-01', '', *new[code], 'OPPS26'))
            continue
        if code in old:
            rows.append((code, '?2025-10-01', '2025-12-31', *old[code], 'OPPS25'))
        if code in new:
            rows.append((code, '2026-01-01' if code in old else '?2026-04-01', '', *new[code], 'OPPS26'))
    write('opps', 'code from thru si rate source'.split(), rows,
          'Hospital outpatient status indicator and national rate (Addendum B, October 2025 and April 2026); OPPS26 with ?2025-10-01 = both say so.')


# ---- NCCI

VISITS = set('99202 99203 99204 99205 99211 99212 99213 99214 99215'.split())
VACCINE = set('90460 90461 90471 90472 90473 90474 G0008 G0009 G0010'.split())


def dated(table_name, one, two, deleted, source):
    """Dates of a pair of the 2024 table, which has the last day alone; None when it ended before 2024. A few first days are known by judgement (K)."""
    practitioner, active = table_name == 'practitioner', deleted > '2030'
    if practitioner and one == '96372' and two in VISITS and deleted == '2019-12-31':
        return '2009-01-01', deleted, 'K PTP26'
    if practitioner and one in VACCINE and two == '99211' and deleted >= '2021-09-30':
        return '2021-10-01' if active else '?' + deleted, '' if active else deleted, 'K PTP24' if active else 'K PTP26'
    if active:
        return '?2024-07-01', '', source
    return (min('?2024-07-01', '?' + deleted), deleted, source) if deleted >= '2024-01-01' else None


def pairs(data, family):
    """Pairs of which one code is ours, the other any. Rows of the 2026 extract carry true dates and replace those of 2024."""
    official = defaultdict(list)
    with open(data / 'ncci-2026-extract/ptp_v323r0_injection_pairs.csv', newline='') as f:
        for r in csv.DictReader(f):
            official[r['col1'], r['col2']].append((r['modifier_indicator'], r['effective'], r['deleted'], 'PTP26'))
    for name, file, source in (('practitioner', 'ptp_prac_2024q3.tsv.gz', 'PTP24'), ('hospital', 'ptp_out_2024q3.tsv.gz', 'PTP24H')):
        for r in tabbed(data / 'ncci-2024q3-derived' / file):
            one, two, ind = r['column1'], r['column2'], r['modifier_indicator']
            if ind == '9' or not (one in family or two in family):
                continue
            dates = dated(name, one, two, r['deletion'], source)
            if dates and not (name == 'practitioner' and (not dates[1] or dates[1] in {x[2] for x in official[one, two]}) and official[one, two]):
                yield name, ind, *dates, one, two
    for (one, two), rows in official.items():
        for ind, begun, ended, source in rows:
            yield 'practitioner', ind, begun, ended, source, one, two
    with open(data / 'ncci-mue-2026q3/ptp_2026q3_changes.csv', newline='') as f:
        for r in csv.DictReader(f):
            if r['col1'] in family or r['col2'] in family:
                name = 'practitioner' if r['service'] == 'practitioner' else 'hospital'
                yield name, r['modifier_indicator'], r['effective_date'], '', 'PTP26' if name == 'practitioner' else 'PTP26H', r['col1'], r['col2']


def ncci(data, family):
    """Rows of many codes by many: codes with the same partners stand together."""
    by_one, by_two = defaultdict(set), defaultdict(set)
    for *kind, one, two in pairs(data, family):
        if two in family:
            by_one[(*kind, one)].add(two)
        else:
            by_two[(*kind, two)].add(one)
    ones, twos = defaultdict(set), defaultdict(set)
    for (*kind, one), partners in by_one.items():
        ones[(*kind, pack(partners))].add(one)
    for (*kind, two), partners in by_two.items():
        twos[(*kind, pack(partners))].add(two)
    rows = [(pack(v), k[0], k[1], k[2], k[3], k[5], k[4]) for k, v in ones.items()] + [(k[5], k[0], k[1], k[2], k[3], pack(v), k[4]) for k, v in twos.items()]
    write('ncci', 'col1 table indicator from thru col2 source'.split(), sorted(rows, key=lambda r: (r[0], r[3].lstrip('?'), *r[1:])),
          'Procedure-to-procedure edits: every code of col1 with every code of col2. indicator 1 = a modifier may bypass, 0 = never.',
          'All pairs of which one code is in procedures.tsv. A ? start: the 2024Q3 table held the pair, or the day it ended. E/M pairs had a gap 2020-01-01..2020-09-30 (K).')


def addons(data):
    kinds, parents = {}, defaultdict(set)
    for r in tabbed(data / 'ncci-2024q3-derived/aoc.tsv'):
        code, parent = r['add_on_code'], r['primary_code']
        if code[0] != 'D':
            assert kinds.setdefault(code, r['aoc_edit_type']) == r['aoc_edit_type'], code
            parents[code].add(parent)
    rows = [(c, k, '*' if 'CCCCC' in parents[c] else pack(parents[c]), '?2024-06-03', '', 'AOC24') for c, k in sorted(kinds.items())]
    write('addons', 'code type parents from thru source'.split(), rows,
          'Add-on codes and their primary codes; * = set by the contractor; type 1 = closed list, 3 = open.')


# ---- diagnoses

def addenda(lines):
    """Changes of an addenda file: code -> (was, is), each (valid, title) or None."""
    found = {}
    for line in lines:
        m = re.match(r'(Add|Delete|Revise from|Revise to):\s+([01]) (\S+)\s+(.{60})', line)
        if m:
            was, now = found.get(m[3], (None, None))
            row = (m[2], m[4].strip())
            found[m[3]] = (row, now) if m[1] in ('Delete', 'Revise from') else (was, row)
    return found


def icd10(data):
    """FY2026 as published, FY2025 by its addenda taken back, FY2027 by its addenda; the totals that the addenda print are checked."""
    with zipfile.ZipFile(data / 'icd10cm-fy2026/cms_2026_dx.zip') as z:
        lines = {n: io.TextIOWrapper(z.open(f'icd10cm_order_{n}.txt'), 'latin-1').read().splitlines() for n in ('2026', 'addenda_2026')}
    lines['addenda_2027'] = (data / 'icd10cm-fy2027-addenda/icd10cm_order_addenda_2027.txt').read_text('latin-1').splitlines()
    year = {2026: {l[6:13].strip(): (l[14], l[16:76].strip()) for l in lines['2026']}}
    for to, name, side in ((2025, 'addenda_2026', 0), (2027, 'addenda_2027', 1)):
        year[to] = dict(year[2026])
        for code, change in addenda(lines[name]).items():
            assert year[2026].get(code) == change[1 - side], (code, change, year[2026].get(code))
            if change[side]:
                year[to][code] = change[side]
            else:
                del year[to][code]
    printed = {int(m[3]): int(m[1]) for n in ('addenda_2026', 'addenda_2027') for m in (re.match(r'\s*(\d+) (codes) in icd10cm_order_(\d{4})', l) for l in lines[n]) if m}
    for y in (2025, 2026, 2027):
        assert printed[y] == sum(v == '1' for v, _ in year[y].values()), (y, printed)
    rows = []
    for code in sorted(set().union(*year.values())):
        begun = None
        for y in (2025, 2026, 2027):
            now, after = year[y].get(code), year.get(y + 1, {}).get(code)
            begun = begun or y
            if now != after or y == 2027:
                if now:
                    rows.append((code, now[0], now[1], '' if begun == 2025 else f'{begun - 1}-10-01', '' if y == 2027 else f'{y}-09-30', '' if begun == 2025 and y == 2027 else 'ICD27' if begun == 2027 else 'ICD26'))
                begun = None
    write('icd10', 'code valid label from thru source'.split(), [('*', '', '', '2024-10-01', '2027-09-30', 'ICD26')] + rows,
          'ICD-10-CM of fiscal years 2025 to 2027, whole. valid 0 = header. The row * has the dates and source of rows that say none.',
          'FY2025 is FY2026 without its addenda, FY2027 is FY2026 with the addenda of 2027: 2024-10-01 is the first day that is known, not that of the codes.')


def main(data):
    year = lambda path: {(r[0], r[1].strip()): r for r in table(data / path)}
    pfs25, pfs26 = year('pfs-rvu25d/PPRRVU2025_Oct.csv'), year('pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv')
    family = {r['code'] for r in starter('procedures')}
    own = family | {r['code'] for name in ('hcpcs', 'vaccines') for r in starter(name)}
    lists = [{r['hcpcs_code'] for file in ('mue_prac.tsv', 'mue_out.tsv') for r in tabbed(data / folder / file)} for folder in ('ncci-2024q3-derived', 'ncci-mue-2026q3')]
    level2(data, own, {r[0]: r for r in pfs26.values()})
    cpt(own, {c for c, _ in pfs25}, {c for c, _ in pfs26}, *lists, {r[0] for r in table(data / 'opps-addendum-b-2026-04/addendum_b_2026-04.csv')})
    products = {r['code']: r['thru'] for name in ('hcpcs', 'vaccines') for r in starter(name)} | {r['code']: r['thru'] for r in starter('level2') if r['drug']}
    pfs({c: thru for c, thru in products.items() if c not in family}, pfs25, pfs26)
    mue(data)
    asp(data)
    opps(data)
    ncci(data, family)
    addons(data)
    icd10(data)
    missing = USED - {r['id'] for r in starter('sources')}
    if missing:
        print('not in sources.tsv:', ' '.join(sorted(missing)))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
