#!/usr/bin/env python3
"""Writes full NCCI tables in the layout CMS publishes, from tab-separated rows that have no effective dates.

Usage: official-ncci.py FOLDER_OF_ROWS FOLDER_TO_WRITE

Every effective date is 1901-01-01, which no real row has: a book compiled of these files says that its dates are made up, and no verdict is
taken from it. It is for size and speed only. The rows: column1, column2, deletion, modifier_indicator, rationale (gzip); and for unit limits
hcpcs_code, mue_units, mue_mai, mue_rationale.
"""
import gzip
import pathlib
import sys

NOTICE = "FALSE EFFECTIVE DATES: for measuring only\t\t\t\t\t\t\n"
HEADER = (
    NOTICE
    + "Column1/Column2 Edits\t\t\t\t\t\t\n"
    + "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n"
    + "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n\t\t\t\t*=no data\t1=allowed\t\n\t\t\t\t\t9=not applicable\t\n"
)
ADJUDICATION = {"1": "1 Line Edit", "2": "2 Date of Service Edit: Policy", "3": "3 Date of Service Edit: Clinical"}


def pairs(source, target, name, parts=4):
    rows = gzip.open(source, "rt").read().splitlines()[1:]
    step = -(-len(rows) // parts)
    for part in range(parts):
        with open(target / f"{name}-v302r0-f{part + 1}.TXT", "w", newline="\n") as out:
            out.write(HEADER)
            for row in rows[part * step:(part + 1) * step]:
                one, two, deletion, indicator, rationale = row.split("\t")
                ended = "*" if deletion.startswith("9999") else deletion.replace("-", "")
                out.write(f"{one}\t{two}\t\t19010101\t{ended}\t{indicator}\t{rationale}\n")


def units(source, target, service, column):
    with open(target / f"MCR_MUE_{service}Services_Eff_07-01-2024.csv", "w", newline="\n") as out:
        out.write(f'"FALSE EFFECTIVE DATES:\nfor measuring only",,,\n"HCPCS/\nCPT Code",{column} Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n')
        for row in source.read_text().splitlines()[1:]:
            code, value, mai, rationale, _ = row.split("\t")
            out.write(f"{code},{value},{ADJUDICATION[mai]},{rationale}\n")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    rows, target = map(pathlib.Path, sys.argv[1:])
    target.mkdir(parents=True, exist_ok=True)
    pairs(rows / "ptp_prac_2024q3.tsv.gz", target, "ccipra")
    pairs(rows / "ptp_out_2024q3.tsv.gz", target, "ccioph")
    units(rows / "mue_prac.tsv", target, "Practitioner", "Practitioner")
    units(rows / "mue_out.tsv", target, "OutpatientHospital", "Outpatient Hospital")
    units(rows / "mue_dme.tsv", target, "DMESupplier", "DME Supplier")
    print((rows / "aoc.tsv").read_text(), end="", file=open(target / "aoc.tsv", "w"))


main()
