#!/usr/bin/env python3
"""Make the drug-side starter tables: python3 make_drugs.py DATA_FOLDER [OUT_FOLDER]

Reads the official files in DATA_FOLDER and the hand-typed *-in.tsv files beside this script, writes
hcpcs, drugs, products, classes, vaccines, sad, doses and vials .tsv, and stops with a clear message
when a check fails. Small hand-typed tables (sad, doses, vials) are copied through after checking.
"""
import csv, gzip, json, re, sys
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
DATA = Path(sys.argv[1])
OUT = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE.parents[1] / "src/Deltoid/Codes/Starter"
ERRORS, NOTES = [], []

GROUP_CLASS = {  # group of drugs-in.tsv -> default administration class; every other group is "simple"
    "prep": "prep", "implant": "implant", "hormonal-cancer": "hormonal-antineoplastic",
    "immune-globulin": "immune-globulin", "rsv-antibody": "rsv-antibody", "covid-antibody": "covid-antibody",
    "toxin": "toxin", "hyaluronate": "hyaluronate", "eye": "eye", "chemotherapy": "antineoplastic",
    "hydration": "hydration", "diluent": "diluent", "local-anesthetic": "local-anesthetic",
    "skin-test": "skin-test", "allergen": "allergen", "contrast": "contrast", "vaccine": "vaccine"}
CLASS_SOURCE = {
    "simple": "RULES:INJ-002 K", "complex": "RULES:INJ-004 K", "antineoplastic": "RULES:INJ-004 K",
    "hormonal-antineoplastic": "RULES:INJ-005", "vaccine": "RULES:INJ-003", "immune-globulin": "RULES:INJ-033",
    "rsv-antibody": "RULES:INJ-035", "prep": "RULES:INJ-036", "toxin": "RULES:INJ-022 K", "allergen": "RULES:INJ-028",
    "hydration": "RULES:INJ-012 K", "local-anesthetic": "RULES:INJ-106", "diluent": "RULES:INJ-106",
    "skin-test": "RULES:INJ-031", "implant": "RULES:INJ-032 K", "covid-antibody": "RULES:INJ-038",
    "eye": "RULES:INJ-025 K", "hyaluronate": "RULES:INJ-015 K", "contrast": "K"}
CLASS_SOURCE_DRUG = {d: "RULES:INJ-007 K" for d in ("omalizumab", "mepolizumab", "benralizumab", "dupilumab", "tezepelumab")}
CLASS_SOURCE_DRUG |= {d: "RULES:C-02 K" for d in ("canakinumab", "rilonacept", "tildrakizumab", "certolizumab pegol", "tocilizumab")}
CLASS_SOURCE_DRUG |= {"methotrexate": "RULES:INJ-008"}
NGS_SIMPLE = ("benralizumab", "canakinumab", "certolizumab pegol", "denosumab", "eflapegrastim", "efbemalenograstim alfa",
              "filgrastim", "luspatercept", "mepolizumab", "octreotide depot", "omalizumab", "pegfilgrastim",
              "rilonacept", "tbo-filgrastim", "tildrakizumab")
NEOPLASM = ("leuprolide acetate depot", "leuprolide acetate injection", "triptorelin", "goserelin")
NOC = "J3490 J3590 J9999 J7999 C9399 J7799 J0799 J0752 J0750 J0751".split()
NOC_UNIT = {c: "1 each" for c in ("J3490", "J3590", "J9999", "J7999", "C9399", "J7799", "J0799", "J3591", "J7599", "J7699")}
UNIT = {  # descriptors whose unit the parser cannot read; a combination is counted by its first ingredient ...
    "J0741": "2 mg", "J0138": "10 mg", "J0458": "7.5 mg", "J0742": "4 mg", "J2186": "10 mg", "J2770": "500 mg", "J1454": "235 mg",
    "J2865": "5 mg", "J0668": "1 mg", "C9088": "1 mg", "J9144": "10 mg", "C9062": "10 mg", "J9153": "1 mg", "J9298": "3 mg",
    "J9289": "2 mg", "J9024": "5 mg", "J2351": "1 mg", "J9311": "10 mg", "C9467": "10 mg", "J9334": "2 mg", "J9316": "10 mg",
    "J9356": "10 mg", "J7356": "0.25 mg", "J1575": "100 mg", "C9077": "2 mg", "C9033": "235 mg", "C9024": "1 mg", "J2711": "0.1 mg",
    "J0714": "0.625 g", "J0695": "75 mg", "C9452": "75 mg", "J0702": "6 mg", "J2543": "1.125 g",  # ... these by the total
    "J2790": "300 mcg", "J2788": "50 mcg", "J0577": "1 dose", "J0578": "1 dose", "Q9991": "1 dose", "Q9992": "1 dose",
    "Q0220": "300 mg", "Q0221": "600 mg", "Q0224": "4500 mg", "Q0222": "175 mg", "J0716": "120 mg", "J3240": "0.9 mg",
    "J0129": "10 mg", "J0270": "1.25 mcg", "J0593": "1 mg", "J0717": "1 mg", "J0738": "1 mg", "J0739": "1 mg", "J1438": "25 mg",
    "J1830": "0.25 mg", "J3030": "6 mg", "J3031": "1 mg", "J0752": "300 mg", "J0750": "1 each", "J0751": "1 each",
    "J1560": "1 dose", "J7131": "1 ml", "J3398": "1000000000 vg", "J3399": "1 dose", "J1745": "10 mg", "J1961": "1 mg",
    "J3471": "1 units", "J3472": "1000 units", "J9325": "1 million-units", "C9472": "1 million-units", "Q0139": "1 mg", "Q0138": "1 mg",
    "J1413": "1 dose", "J7040": "500 ml", "J7042": "500 ml", "J7060": "500 ml", "P9041": "50 ml", "C9447": "1 vial",
    "J9030": "1 mg", "J9031": "1 each", "J7307": "1 each", "J7306": "1 each", "J9219": "65 mg", "J2353": "1 mg", "J2354": "25 mcg",
    "J0641": "0.5 mg", "J1080": "200 mg", "J0364": "1 mg", "J7355": "1 mcg", "J7351": "1 mcg", "J1097": "1 ml", "Q2009": "50 mg",
    "S0145": "180 mcg", "S0017": "5 g", "C9113": "1 vial", "J9015": "1 vial", "J9266": "1 vial", "J1162": "1 vial", "J0850": "1 vial",
    "J9029": "1 dose", "J9216": "3 million-units", "J9213": "3 million-units", "J9214": "1 million-units",
    "J1810": "2 ml", "J1060": "1 ml", "J0900": "1 ml", "J2150": "50 ml", "J2513": "100 ml", "J1443": "0.1 mg",
    "J9028": "1 mcg", "C9169": "1 mcg", "J9220": "1 mg", "Q9965": "1 ml", "Q9966": "1 ml", "Q9967": "1 ml", "J7199": "1 each", "J2998": "1 mg", "J1436": "300 mg"}
SUCCESSOR = {  # what the rules and the seed status table name; the rest is derived (same substance, starts the day after)
    "J1020": "J1010", "J1030": "J1010", "J1040": "J1010", "J0135": "J0139", "J2310": "J2312", "J2311": "J2313",
    "J0171": "J0162-J0169", "J0173": "J0162-J0169", "J9250": "J9255 J9260", "J3140": "J1071 J1072 J3121 J3145",
    "J2920": "J2919", "J2930": "J2919", "J1710": "J1720", "J1170": "J1171", "J1940": "J1938", "J3370": "J3373",
    "J2001": "J2003", "S0189": "J1073", "J1070": "J1071", "J1080": "J1071", "J3120": "J3121", "J3130": "J3121"}
SAME = {  # corrections of the derived successors: the same product, read in the Jan-2026 file
    "C9023": "J3145", "J3150": "", "C9035": "J1943", "J1942": "J1944", "J2271": "", "C9465": "J7318", "C9471": "J7322",
    "Q9980": "J7320", "Q9985": "J1729", "Q9986": "J1726", "J3371": "J3374", "J3372": "J3375", "C9467": "J9311", "J9310": "J9312",
    "Q9972": "J0887", "Q9973": "J0888", "J9340": "J9342", "C9445": "J0596", "S0032": "J2290", "C9248": "J0759", "J2400": "J2401",
    "J2370": "J2371"}
UNITS = "mcg mg g ng units iu ml meq mmol dose each study cm2 vg million-units vial".split()


def rows(name):
    """Rows of a hand-typed input as dictionaries (comment lines skipped)."""
    lines = [l for l in (HERE / name).read_text(encoding="utf-8").splitlines() if l and not l.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, l.split("\t") + [""] * len(head))) for l in lines[1:]]


def write(name, head, body, comment=()):
    text = "\t".join(head) + "\n" + "".join(f"# {c}\n" for c in comment) + "".join("\t".join(r) + "\n" for r in body)
    for r in body:
        if len(r) != len(head) or any("\t" in c or "\n" in c for c in r):
            ERRORS.append(f"{name}: bad row {r}")
    (OUT / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}: {len(body)} rows")


def iso(d):
    d = (d or "").strip()
    return f"{d[:4]}-{d[4:6]}-{d[6:]}" if d else ""


def load_hcpcs():
    """Jan-2026 records, plus ADD dates of the 2024 file (columns 269-276 of record type 3) and the Oct-2025 code list."""
    jan = {d["code"]: d for d in json.load(open(DATA / "hcpcs-2026-jan/hcpcs-index.json"))}
    added = {}
    for l in open(DATA / "hcpcs-2024-rawlines/HCPC2024_rawlines_UPPERCASED.txt", encoding="latin-1"):
        if len(l) > 284 and l[10] == "3":
            added[l[:5]] = iso(l[268:276])
    oct25 = {r[0].strip() for r in csv.reader(open(DATA / "hcpcs-2025oct-descriptions/hcpc_short.csv", encoding="utf-8")) if r}
    return jan, added, oct25


def start(code, jan, added, oct25):
    """First day of a HCPCS code and the list it was read from."""
    if code in added:
        return added[code], "HCP26 HCP24"
    day = iso(jan[code]["effectiveDate"])   # last change; of an ended code that is the day after its end
    if jan[code]["terminationDate"]:
        return "", "HCP26"
    if day > "2025-10-01" and code in oct25:        # already in the Oct-2025 list: begun before its last change
        return "?2025-10-01", "HCP26 HCP25"
    return ("?" + day if day <= "2024-10-01" else day), "HCP26"


WORDS = [(r"micrograms?|mcg|ug", "mcg"), (r"milligrams?|mg", "mg"), (r"grams?|gm|g", "g"), (r"million units", "million-units"),
         (r"usp units?|units?", "units"), (r"kiu|i\.u\.|iu", "iu"), (r"ml|cc", "ml"), (r"meq", "meq"), (r"mmol", "mmol"),
         (r"square centimeter", "cm2"), (r"vial|ampule", "vial")]


def unit(code, text):
    """Amount + unit word of a descriptor, and whether it says 'up to'."""
    t = text.lower().replace(",", "," )
    upto = "y" if re.search(r"\bup to\b", t) and not re.search(r"\bup to (\d+ )?(5x|999)", t) else ""
    if code in NOC_UNIT:
        return NOC_UNIT[code], ""
    if code in UNIT:
        return UNIT[code], "" if UNIT[code] == "1 dose" else upto
    t = re.sub(r"(\d),(\d{3})", r"\1\2", t)
    bare = re.sub(r"\([^)]*\)", " ", t)
    best = None
    for pat, word in WORDS:
        for m in re.finditer(rf"(?<![\w./])(\d*\.?\d+)\s*(?:{pat})(?!\w)", bare):
            if best is None or m.start() > best[0]:
                best = (m.start(), f"{m[1].rstrip('.') } {word}", m.end())
        m = re.search(rf"\bper (?:factor viii )?(?:{pat})(?!\w)", bare)
        if m and best is None:
            best = (m.start(), f"1 {word}", m.end())
    if best:
        amount, word = best[1].split(" ", 1)
        amount = "0" + amount if amount.startswith(".") else amount
        return f"{amount} {word}", upto
    for pat, u in ((r"per study dose", "1 study"), (r"per (therapeutic )?dose|per treatment", "1 dose"), (r"vial", "1 vial"),
                   (r"per implant|implant|each|per instillation", "1 each")):
        if re.search(pat, bare):
            return u, upto
    return "", upto


def label(text):
    t = re.sub(r"\s+", " ", text).strip()
    t = re.sub(r"^(Injection,?|~)\s*", "", t, flags=re.I)
    t = re.sub(r"\s*\(code may be used for medicare.*", "", t, flags=re.I)
    t = re.sub(r", fda approved prescription, only for use as hiv pre-exposure prophylaxis.*", " (only HIV pre-exposure prophylaxis)", t, flags=re.I)
    t = t[:1].upper() + t[1:]
    return t if len(t) <= 90 else t[:87].rsplit(" ", 1)[0].rstrip(",;") + "..."


def substance(text):
    t = re.sub(r"^inj(ection)?,?\s*", "", text.lower())
    t = re.sub(r"^(sodium|sterile|calcium|ferric|penicillin g|immune|insulin|hyaluronan or derivative,)\s", r"\1_", t)
    return re.split(r"[ ,(]", t)[0]


def main():
    jan, added, oct25 = load_hcpcs()
    mue24 = {l.split("\t")[0] for l in open(DATA / "ncci-2024q3-derived/mue_prac.tsv")}
    ptp24 = set()
    with gzip.open(DATA / "ncci-2024q3-derived/ptp_prac_2024q3.tsv.gz", "rt") as f:
        for l in f:
            ptp24.update(c for c in l.split("\t", 2)[:2] if c[:2] in ("90", "91"))
    rvu = lambda p: {r[0] for r in csv.reader(open(DATA / p, encoding="latin-1")) if len(r) > 20}
    pfs25, pfs26 = rvu("pfs-rvu25d/PPRRVU2025_Oct.csv"), rvu("pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv")
    xml = (DATA / "cdc-vaccine-codes-2025-12/cpt.xml").read_text(encoding="utf-8-sig")
    cdc = {m[1]: m[0] for m in re.finditer(r"<CPTInfo>.*?<Value>(\w{5})\s*</Value>.*?</CPTInfo>", xml, re.S)}

    def cpt_start(code):
        """A CPT product code: the oldest file at hand that lists it (true start unknown)."""
        for known, day, src in ((mue24, "2024-07-01", "MUE24"), (ptp24, "2024-07-01", "PTP24"), (pfs25, "2025-10-01", "PFS25"), (pfs26, "2026-07-01", "PFS26")):
            if code in known:
                return "?" + day, src
        ERRORS.append(f"CPT code {code} is in no file at hand")
        return "", ""

    drugs, hand, vaccines, cpt = rows("drugs-in.tsv"), rows("products-in.tsv"), rows("vaccines-in.tsv"), rows("cpt-products-in.tsv")
    names = {d["drug"] for d in drugs}

    # products: hand-typed special rows first, then the code list of drugs-in.tsv (CODE or CODE=Brand|Brand)
    products, brands = [], {d["drug"]: [b for b in d["brands"].split("|") if b] for d in drugs}
    for d in sorted(drugs, key=lambda d: d["drug"]):
        name, mine = d["drug"], []
        for p in (p for p in hand if p["drug"] == name):
            mine.append([name, p["hcpcs"], p["brand"], p["min_dose"], p["max_dose"], p["routes"], p["payers"], p["source"]])
        for item in d["codes"].split():
            code, _, makers = item.partition("=")
            for maker in (makers.replace("_", " ").split("|") if makers else [""]):
                mine.append([name, code, maker, "", "", "", "", "K" if code in NOC[:4] else ("HCP26 K" if maker and maker.lower() not in jan.get(code, {}).get("desc", "").lower() else "HCP26")])
        for row in list(mine):          # a biosimilar also answers to its suffixed generic name
            m = re.match(r"(?:injection,\s*)?([a-z]+-[a-z]{4})\b", jan.get(row[1], {}).get("desc", ""), re.I)
            if row[1][0] == "Q" and row[2] and m:
                suffixed = m[1].lower()
                if suffixed not in [b.lower() for b in brands[name]] + d["slang"].split("|"):
                    brands[name].append(suffixed)
                if not any(r[2] == suffixed and r[1] == row[1] for r in mine):
                    mine.insert(mine.index(row) + 1, [name, row[1], suffixed] + row[3:7] + ["HCP26"])
        products += mine
    for p in hand:
        if p["drug"] not in names:
            ERRORS.append(f"products-in.tsv: unknown drug {p['drug']}")

    # hcpcs: codes of the products, codes the specification names, retired injection codes since 2012, successors
    wanted = {p[1] for p in products} | set(NOC) | set(rows_of_extra(jan)) | {c for s in SUCCESSOR.values() for c in expand(s)}
    wanted |= {d["code"] for d in jan.values() if retired_injection(d) or live_injection(d)}
    table, first, last = [], {}, {}
    for code in sorted(c for c in wanted if not c.isdigit() and c not in {v["code"] for v in vaccines}):
        d = jan.get(code)
        if d is None:
            ERRORS.append(f"{code}: not in the Jan-2026 file")
            continue
        first[code], src = start(code, jan, added, oct25)
        last[code] = iso(d["terminationDate"])
        u, upto = unit(code, d["desc"])
        if u and u.split(" ", 1)[1] not in UNITS:
            ERRORS.append(f"{code}: unit {u}")
        if not u:
            NOTES.append(f"{code}: no unit read: {d['desc'][:80]}")
        table.append([code, first[code], last[code], u, upto, label(d["desc"]), "", src])
    by_start = {}
    for code in first:
        by_start.setdefault(first[code].lstrip("?"), []).append(code)
    for r in table:
        code, end = r[0], r[2]
        if not end:
            continue
        if code in SUCCESSOR:
            r[6], r[7] = SUCCESSOR[code], r[7] + " RULES:" + {"J0135": "C-06"}.get(code, "C-05" if code in ("J1020", "J1030", "J1040") else "C-07")
        elif code in SAME:
            r[6] = SAME[code]
        else:
            nxt = (date.fromisoformat(end) + timedelta(1)).isoformat()
            r[6] = " ".join(c for c in sorted(by_start.get(nxt, [])) if c != code and not last[c] and substance(jan[c]["desc"]) == substance(jan[code]["desc"]))
    for c in cpt:
        day, src = cpt_start(c["code"])
        table.append([c["code"], day, "", c["unit"], "", c["label"], "", " ".join(dict.fromkeys((c["source"] + " " + src).split()))])
    table.sort(key=lambda r: r[0])
    write("hcpcs.tsv", ["code", "from", "thru", "unit", "upto", "label", "successors", "source"], table, [
        "HCPCS Level II drug codes (and CPT immune-globulin product codes with our own labels). HCP24 = ADD date of the 2024 file, HCP25 = listed in Oct 2025. Empty from = unknown.",
        "A combination is counted by its first ingredient, except J0695 J0702 J0714 J2543 and J0295: by the total. Empty unit = no dose unit.",
        "Successors not named in the rules are derived: same substance, first day = the day after. They may count another unit."])

    # vaccines
    vac = []
    for v in vaccines:
        code = v["code"]
        if code[0] == "Q":
            day, src = start(code, jan, added, oct25)
            src, end = src + " K", iso(jan[code]["terminationDate"])
        else:
            day, src = cpt_start(code)
            src, end = f"CDC25 {src} K", ""
            m = re.search(r"Effective (\d+)/(\d+)/(\d{4})", cdc.get(code, ""))
            if m:
                day = f"{m[3]}-{int(m[1]):02}-{int(m[2]):02}"
            if code not in cdc:
                ERRORS.append(f"vaccine {code} is not in the CDC file")
        vac.append([code, day, end, v["label"], v["names"], v["family"], v["components"], v["route"], v["part"], src])
    vac.sort()
    write("vaccines.tsv", ["code", "from", "thru", "label", "names", "family", "components", "route", "part", "source"], vac, [
        "Labels are our own. `from` with ? = oldest list at hand that holds the code. Names, components and part are K; part: Medicare B, D or injury (B after an injury, else D)."])

    # drugs
    write("drugs.tsv", ["drug", "group", "brands", "slang", "routes", "source"], sorted(
        [d["drug"], d["group"], "|".join(brands[d["drug"]]), d["slang"], d["routes"], "HCP26 K" if has_code(d["drug"], products) else "K"] for d in drugs))

    # products
    keep = ["drug", "hcpcs", "brand", "min_dose", "max_dose", "routes", "payers", "source"]
    write("products.tsv", keep, products, ["Within a drug the first row that fits and whose code is valid on the day wins."])

    # classes
    groups, body = {}, []
    for d in drugs:
        d["class"] = d["class"] or GROUP_CLASS.get(d["group"], "simple")
        groups.setdefault(d["group"], set()).add(d["class"])
    for g, cs in groups.items():
        if len(cs) == 1:
            c = next(iter(cs))
            body.append([f"group:{g}", c, "", "", "", "", CLASS_SOURCE[c]])
    for d in drugs:
        if len(groups[d["group"]]) > 1:
            body.append([d["drug"], d["class"], "", "", "", "", CLASS_SOURCE_DRUG.get(d["drug"], CLASS_SOURCE[d["class"]])])
    for n in NEOPLASM:
        body.append([n, "hormonal-antineoplastic", "", "neoplasm", "", "", "RULES:INJ-005"])
    for n in NGS_SIMPLE:
        body.append([n, "simple", "mac:NGS", "", "2021-05-01", "", "RULES:C-02"])
    for n in NEOPLASM + NGS_SIMPLE:
        if n not in names:
            ERRORS.append(f"classes: unknown drug {n}")
    body.sort(key=lambda r: (r[0], r[2], r[3]))
    write("classes.tsv", ["drug", "class", "payers", "condition", "from", "thru", "source"], body,
          ["Every drug has one default class: its own row without payer and condition, else the row of its group."])
    for d in drugs:
        n = sum(1 for r in body if not r[2] and not r[3] and r[0] in (d["drug"], "group:" + d["group"]))
        if n != 1:
            ERRORS.append(f"{d['drug']}: {n} default classes")

    # small hand-typed tables, copied after a check of their drug names
    for name, head, comment in (("sad.tsv", "code drug routes from thru source", "Self-administered by most Medicare contractors; [K] rows: check the list of the own MAC."),
                                ("doses.tsv", "drug brand route max_single min_interval_days age_from routes_only source", "Only what RULES states; months are counted as 30 days, weeks as 7."),
                                ("vials.tsv", "drug ndc strength amount container source", "Only what was read; the address is in source.")):
        src = HERE / name.replace(".tsv", "-in.tsv")
        if not src.exists():
            continue
        head = head.split()
        body = sorted([r.get(h, "") for h in head] for r in rows(src.name))
        i = head.index("drug")
        for r in body:
            if r[i] and r[i] not in names and not r[i].startswith("group:"):
                ERRORS.append(f"{name}: unknown drug {r[i]}")
            if "code" in head and r[0] and r[0] not in first:
                ERRORS.append(f"{name}: code {r[0]} is not in hcpcs.tsv")
            if name == "vials.tsv" and r[1] and not re.fullmatch(r"\d{11}", r[1]):
                ERRORS.append(f"{name}: NDC {r[1]}")
        write(name, head, body, [comment])

    checks(drugs, brands, products, table, vac)
    for n in NOTES:
        print("note:", n)
    if ERRORS:
        sys.exit("FAILED\n" + "\n".join(ERRORS))


def has_code(name, products):
    return any(p[0] == name and p[1] not in NOC[:4] for p in products)


def expand(cell):
    out = []
    for part in cell.split():
        a, _, b = part.partition("-")
        out += [f"{a[0]}{n:04}" for n in range(int(a[1:]), int((b or a)[1:]) + 1)]
    return out


def retired_injection(d):
    c, end = d["code"], d["terminationDate"] or ""
    return end >= "20120101" and "inject" in d["desc"].lower() and c[0] in "JQS" and not c.startswith(("Q4", "Q05", "J8", "S2"))


def live_injection(d):
    """Every live J code that is not oral, inhaled or a contraceptive device, so that a missing J code is an unknown one."""
    c = d["code"]
    return c[0] == "J" and not d["terminationDate"] and not re.search(r"\boral\b|inhalation|intrauterine|vaginal|topical|patch", d["desc"], re.I) \
        and not "J7600" <= c < "J7700" and not "J8000" <= c < "J9000"


def rows_of_extra(jan):
    """Codes the specification names, whether a product needs them or not."""
    return [r["code"] for r in rows("extra-codes-in.tsv") if r["code"] in jan]


def checks(drugs, brands, products, table, vac):
    codes = {r[0]: r for r in table}
    known = set(codes) | {v[0] for v in vac}
    for p in products:
        if p[1] not in known:
            ERRORS.append(f"products: {p[0]} {p[1]} is in neither hcpcs.tsv nor vaccines.tsv")
        if p[2] and p[2].lower() not in [b.lower() for b in brands[p[0]]] and not is_maker(p[2]):
            ERRORS.append(f"products: {p[0]} brand {p[2]} is not among its brands")
    seen = {}
    for who, all_names in [(d["drug"], [d["drug"]] + brands[d["drug"]] + d["slang"].split("|")) for d in drugs] + [(v[0], v[4].split("|")) for v in vac]:
        for n in all_names:
            if n and seen.setdefault(n.lower(), who) != who:
                ERRORS.append(f"name '{n}' belongs to {seen[n.lower()]} and {who}")
            if n != n.strip():
                ERRORS.append(f"name '{n}' has outer blanks")
    for r in table:
        if r[2] and r[1].lstrip("?") > r[2]:
            ERRORS.append(f"{r[0]}: from {r[1]} after thru {r[2]}")
        for s in expand(r[6]):
            if s not in codes:
                ERRORS.append(f"{r[0]}: successor {s} is not in hcpcs.tsv")
    for code, end in {"J1020": "2024-03-31", "J1030": "2024-03-31", "J1040": "2024-03-31", "J2920": "2024-03-31", "J2930": "2024-03-31",
                      "J9250": "2024-03-31", "J1170": "2024-09-30", "J2001": "2024-09-30", "J0135": "2024-12-31", "J1094": "2025-03-31",
                      "J1940": "2025-03-31", "J0171": "2025-06-30", "J0173": "2025-06-30", "J2310": "2025-06-30", "J2311": "2025-06-30",
                      "J3370": "2025-06-30", "J1710": "2025-12-31", "S0189": "2025-12-31", "J3140": "2014-12-31", "J1070": "2014-12-31",
                      "J1080": "2014-12-31", "J3120": "2014-12-31", "J3130": "2014-12-31", "M": ""}.items():
        if code in codes and codes[code][2] != end or code not in codes and code != "M":
            ERRORS.append(f"{code}: the rules say it ended {end}, the file {codes.get(code, ['', '', 'nothing'])[2]}")
    for code, day in {"J1010": "2024-04-01", "J0139": "2025-01-01", "J0162": "2026-01-01", "J0163": "2025-10-01", "J0164": "2025-10-01",
                      "J0165": "2025-07-01", "J0738": "2025-10-01", "J2312": "2025-07-01", "J1073": "2026-01-01", "J2919": "2024-04-01",
                      "J3373": "2025-07-01", "J1938": "2025-04-01", "J1171": "2024-10-01", "J2003": "2024-10-01"}.items():
        if codes[code][1] != day:
            ERRORS.append(f"{code}: the rules say it began {day}, the files {codes[code][1]}")


def is_maker(name):
    return name in MAKERS


MAKERS = set("""WG Critical Care|Hikma|Baxter|B Braun|Mylan|Xellia|Hospira|Accord|Fresenius Kabi|Fresenius|Par|Exela|Teva|Maia|Azurity|
Belcher|BPI|Endo|International Medication Systems|IMS|Auromedics|American Regent|Long Grove|Pfizer|Cipla|Sandoz|Dr. Reddy's|Apotex|
Sun Pharma|Avyxa|Bluepoint""".replace("\n", "").split("|"))

if __name__ == "__main__":
    main()
