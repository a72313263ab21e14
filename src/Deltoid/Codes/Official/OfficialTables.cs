namespace Deltoid.Codes.Official;

/// <summary>Every published table that is read here.</summary>
internal static class OfficialTables
{
    /// <summary>In the order in which they are asked whether a file is theirs.</summary>
    public static IReadOnlyList<OfficialTable> All { get; } =
    [
        new NcciPairs(hospital: false),
        new NcciPairs(hospital: true),
        new NcciUnits(NcciUnits.Service.Practitioner),
        new NcciUnits(NcciUnits.Service.Outpatient),
        new NcciUnits(NcciUnits.Service.Supplier),
        new NcciAddOns(),
        new NcciPairsExtract(),
        new NcciUnitsExtract(),
        new Hcpcs(),
        new PfsRvu(),
        new PfsRvuText(),
        new PfsGpci(),
        new PfsCap(),
        new ZipLocality(),
        new AspLimitsExtract(),
        new AspLimits(),
        new AspNdcs(),
        new OppsAddendumB(),
        new Icd10Cm(),
        new CdcVaccines(),
        new CdcVaccinePackages(),
        new FdaPackages(),
        new FdaProducts(),
        new NuccTaxonomy(),
        new CmsCodeSystems(),
        new AdjustmentCodes(),
    ];

    /// <summary>
    /// Files that are published beside the tables and are not read, by what their names begin with or have in them.
    /// </summary>
    static readonly (string Name, string Why)[] Left =
    [
        ("starter-rows", "rows for the shipped book, not a published table"),
        ("shipped-vs-official", "a comparison, not a published table"),
        ("history_seed", "a history of codes, not a published table"),
        ("seed", "rows that others chose, not a published table"),
        ("LOCCO", "localities by county: the GPCI and ZIP files have the facts that are needed"),
        ("ANES", "anesthesia conversion factors: no injection is priced by them"),
        ("PFALL", "amounts by locality: relative values, indices and factor say them"),
        ("addenda", "what changed: the whole file says what is"),
        ("Trans_Alpha", "what changed: the whole file says what is"),
        (".prn", "what changed: the whole file says what is"),
        ("proc_notes", "processing notes of HCPCS: they give no rule"),
        ("README", "a document"),
        ("lyout", "a document: the layout of a table"),
        ("recordlayout", "a document: the layout of a table"),
        ("NOC codes", "a list of codes that the whole file has too"),
        (".pdf", "a document"),
        ("ZIP9", "localities of nine-digit ZIP codes: the five-digit file is read, and says where it does not decide"),
        ("PPRRVU", "not in the form that is read: give the CSV of the same release"),
        ("GPCI", "not in the form that is read: give the CSV of the same release"),
        ("OPPSCAP", "not in the form that is read: give the TXT of the same release"),
        ("ANWEB", "not in the form that is read: give the TXT or CSV of the same release"),
        ("ZIP5", "not in the form that is read: give the TXT of the same release"),
        ("icd10cm_codes", "the order file says what it says, and the headers"),
        ("NOC", "prices of drugs that have no code of their own"),
        ("cvx.xml", "vaccine names: the CPT list says those that are billed"),
        ("mvx.xml", "makers of vaccines: no claim names them"),
        ("tradename.xml", "brands: the NDC lists say them"),
        ("vac2vg.xml", "groups of vaccines for records of immunization"),
        ("MUE",
            "the file name does not say which service the limits are for: keep the "
                + "published name, MCR_MUE_PractitionerServices_Eff_10-01-2026.csv"),
        ("NDC_Linker", "which unit of use is in which unit of sale: a claim has only one"),
        ("pos_codes", "derived: places of service are read of the list of CMS"),
        ("_changes",
            "pairs that changed in a quarter: which of them were added and which "
                + "ended is not said, and the whole table says what is"),
        ("jw_jz",
            "codes of the JW and JZ policy: the charted container decides, and a "
                + "code that is not on the list may need them too"),
        ("sad_", "self-administered drugs: the shipped rows have the articles that were read (sad.tsv)"),
        ("complex_drug",
            "articles on complex drugs: the shipped rows name them "
                + "(sources.tsv); their lists of codes are not in the file"),
        ("mac_jurisdictions", "contractors by state: the localities say which contractor pays where"),
        ("hcpc_short", "codes and texts without days: the published HCPCS file says both"),
    ];

    /// <summary>Why a file of no table was left.</summary>
    public static string WhyLeft(OfficialFile file)
    {
        foreach (var (name, why) in Left)
            if (file.IsNamed(name)) return why;
        if (file.IsNamed(".json") || file.IsNamed(".parquet"))
            return "is another program's form of a table: the published file is read";
        if (file.Bytes.Span is [0x1F, 0x8B, ..])
            return "is packed with gzip, as no publisher here does: unpack it if it is a published file";
        return "has the layout of no published table that is read here";
    }

    /// <summary>The table a file is of, or null.</summary>
    public static OfficialTable? Of(OfficialFile file)
    {
        foreach (var table in All)
            if (table.Knows(file)) return table;
        return null;
    }
}
