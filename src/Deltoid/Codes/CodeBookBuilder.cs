using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// Builds a book from row files, in any order; references are resolved in <see cref="Build"/>. One method per file, by the file's
/// name. The same builder serves the starter rows and, later, rows read from the official files.
/// </summary>
public sealed partial class CodeBookBuilder(string version)
{
    readonly List<(Code Code, CodeRow Row)> codes = [];
    readonly List<(Code Code, BillingUnitRow Row)> units = [];
    readonly List<(Code Code, FeeRow Row)> fees = [];
    readonly List<(Code Code, UnitLimitRow Row)> limits = [];
    readonly List<(Code Code, AspRow Row)> asp = [];
    readonly List<(Code Code, OppsRow Row)> opps = [];
    readonly List<(Code Code, DateRange Dates, Group Group)> memberships = [];
    readonly List<(Code One, Code Two, bool Hospital, PairRow Row)> pairs = [];
    readonly Dictionary<Code, List<Code>> successors = [];
    readonly Dictionary<Code, List<AddOnRow>> addOns = [];
    readonly Dictionary<Code, List<PlaceRow>> places = [];
    readonly Dictionary<Modifier, List<ModifierRow>> modifiers = [];
    readonly List<LocalityRow> localities = [];
    readonly List<FactorRow> factors = [];
    readonly List<SourceRow> sources = [new("", "", "", "", "", "")];
    readonly Dictionary<string, byte> sourceIds = [];
    readonly List<SiteRow> sites = [];
    readonly List<PayerSetting> settings = [];
    readonly List<Drug> drugs = [];
    readonly Dictionary<string, Drug> drugByName = [];
    readonly List<Code> scratch = [];
    DiagnosisTable? diagnoses;

    /// <summary>The row files a book is made of, in the order in which they must be read.</summary>
    public static readonly string[] Files =
        ["sources", "procedures", "hcpcs", "drugs", "vaccines", "products", "classes", "policies", "doses", "vials", "sad", "groups", "pfs", "mue", "asp", "opps", "ncci", "addons", "pos", "modifiers", "gpci", "factors", "sites", "payers", "icd10"];

    /// <summary>Reads one row file.</summary>
    /// <param name="name">Its name without ending: <c>ncci</c>.</param>
    /// <exception cref="RowException">A row does not read; the message names file, row and cell.</exception>
    public void Read(string name, string text)
    {
        var rows = new Rows(name + ".tsv", text);
        switch (name)
        {
            case "sources": ReadSources(rows); break;
            case "procedures": ReadProcedures(rows); break;
            case "hcpcs": ReadHcpcs(rows); break;
            case "groups": ReadGroups(rows); break;
            case "pfs": ReadFees(rows); break;
            case "mue": ReadUnitLimits(rows); break;
            case "asp": ReadAsp(rows); break;
            case "opps": ReadOpps(rows); break;
            case "ncci": ReadPairs(rows); break;
            case "addons": ReadAddOns(rows); break;
            case "pos": ReadPlaces(rows); break;
            case "modifiers": ReadModifiers(rows); break;
            case "gpci": ReadLocalities(rows); break;
            case "factors": ReadFactors(rows); break;
            case "icd10": ReadDiagnoses(rows, text); break;
            case "drugs": ReadDrugs(rows); break;
            case "products": ReadProducts(rows); break;
            case "classes": ReadClasses(rows); break;
            case "vaccines": ReadVaccines(rows); break;
            case "sad": ReadSelfAdministered(rows); break;
            case "doses": ReadDoses(rows); break;
            case "vials": ReadVials(rows); break;
            case "policies": ReadPolicies(rows); break;
            case "sites": ReadSites(rows); break;
            case "payers": ReadSettings(rows); break;
            default: throw new RowException(name, 0, "is not a file of a code book");
        }
    }

    public CodeBook Build()
    {
        var book = new CodeBook(version);
        AssignIds(book);
        var ids = book.CodeOfId.Length;
        book.Codes = new(ids, RowsWithGroups(book));
        book.BillingUnits = Runs(book, units);
        book.Fees = Runs(book, fees);
        book.UnitLimits = Runs(book, limits);
        book.AspLimits = Runs(book, asp);
        book.Opps = Runs(book, opps);
        book.PractitionerPairs = Pairs(book, hospital: false);
        book.HospitalPairs = Pairs(book, hospital: true);
        book.Diagnoses = diagnoses ?? new DiagnosisTable([], [], [], "", DateRange.Always);
        book.SuccessorsOf = successors;
        book.AddOns = addOns.ToDictionary(p => p.Key, p => p.Value.ToArray());
        book.Places = places.ToDictionary(p => p.Key, p => p.Value.ToArray());
        book.ModifierRows = modifiers.ToDictionary(p => p.Key, p => p.Value.ToArray());
        book.Localities = localities;
        book.Factors = factors;
        book.Sources = sources;
        book.Sites = sites;
        book.PayerSettings = [.. settings];
        FinishDrugs(book);
        return book;
    }

    /// <summary>Ids in the order of the codes' text, and the open-addressing table that finds them.</summary>
    void AssignIds(CodeBook book)
    {
        var all = new List<ulong>(codes.Count + fees.Count);
        foreach (var (code, _) in codes) all.Add(code.Packed);
        foreach (var (code, _) in fees) all.Add(code.Packed);
        foreach (var (code, _) in units) all.Add(code.Packed);
        foreach (var (code, _) in limits) all.Add(code.Packed);
        foreach (var (code, _) in asp) all.Add(code.Packed);
        foreach (var (code, _) in opps) all.Add(code.Packed);
        foreach (var (one, two, _, _) in pairs) { all.Add(one.Packed); all.Add(two.Packed); }
        all.Sort();
        var distinct = new List<Code>(all.Count);
        foreach (var packed in all) if (distinct.Count == 0 || distinct[^1].Packed != packed) distinct.Add(new(packed));
        book.CodeOfId = [.. distinct];
        var size = 16;
        while (size < distinct.Count * 3) size *= 2;
        book.Slots = new ulong[size];
        book.SlotIds = new int[size];
        for (var id = 0; id < distinct.Count; id++)
        {
            var slot = (int)(CodeBook.Mix(distinct[id].Packed) & (uint)(size - 1));
            while (book.Slots[slot] != 0) slot = (slot + 1) & (size - 1);
            book.Slots[slot] = distinct[id].Packed;
            book.SlotIds[slot] = id;
        }
    }

    static DatedRuns<T> Runs<T>(CodeBook book, List<(Code Code, T Row)> rows) where T : struct, IDated
    {
        var byId = new List<(int, T)>(rows.Count);
        foreach (var (code, row) in rows) byId.Add((book.Id(code), row));
        return new(book.CodeCount, byId);
    }

    PairTable Pairs(CodeBook book, bool hospital)
    {
        var byId = new List<(int, int, PairRow)>(pairs.Count);
        foreach (var (one, two, inHospital, row) in pairs) if (inHospital == hospital) byId.Add((book.Id(one), book.Id(two), row));
        return PairTable.Build(book.CodeCount, byId);
    }

    /// <summary>A code's rows, cut where a group begins or ends, so that one look-up on the day gives both.</summary>
    List<(int, CodeRow)> RowsWithGroups(CodeBook book)
    {
        var ofCode = new List<(DateRange Dates, Group Group)>?[book.CodeCount];
        foreach (var (code, dates, group) in memberships) if (book.Id(code) is >= 0 and var id) (ofCode[id] ??= []).Add((dates, group));
        foreach (var (one, two, _, row) in pairs)
        {
            (ofCode[book.Id(one)] ??= []).Add((DateRange.Always, Group.HasPairs));
            if (ofCode[book.Id(two)] is not { } two1 || two1[^1].Group != Group.HasPairs) (ofCode[book.Id(two)] ??= []).Add((DateRange.Always, Group.HasPairs));
        }
        var result = new List<(int, CodeRow)>(codes.Count);
        var cuts = new SortedSet<int>();
        foreach (var (code, row) in codes)
        {
            var id = book.Id(code);
            if (ofCode[id] is not { } groups) { result.Add((id, row)); continue; }
            cuts.Clear();
            cuts.Add(row.Dates.FromDay);
            foreach (var (dates, _) in groups)
            {
                if (dates.FromDay > row.Dates.FromDay && dates.FromDay <= row.Dates.ThruDay) cuts.Add(dates.FromDay);
                if (dates.ThruDay < row.Dates.ThruDay && dates.ThruDay >= row.Dates.FromDay) cuts.Add(dates.ThruDay + 1);
            }
            int[] starts = [.. cuts];
            for (var i = 0; i < starts.Length; i++)
            {
                var span = new DateRange(starts[i], i + 1 < starts.Length ? starts[i + 1] - 1 : row.Dates.ThruDay, row.Dates.KnownDay);
                var mask = row.Groups;
                foreach (var (dates, group) in groups) if (dates.Contains(span.FromDay)) mask |= group;
                result.Add((id, row with { Dates = span, Groups = mask }));
            }
        }
        return result;
    }

    void FinishDrugs(CodeBook book)
    {
        book.Drugs = drugs;
        foreach (var drug in drugs)
        {
            book.DrugNames.TryAdd(DrugName.Fold(drug.Name), drug.Index);
            foreach (var name in drug.Brands) book.DrugNames.TryAdd(DrugName.Fold(name), drug.Index);
            foreach (var name in drug.Slang) book.DrugNames.TryAdd(DrugName.Fold(name), drug.Index);
            foreach (var product in drug.Products)
            {
                if (!book.DrugsOfCode.TryGetValue(product.Hcpcs, out var all)) book.DrugsOfCode[product.Hcpcs] = all = [];
                if (!all.Contains(drug.Index)) all.Add(drug.Index);
            }
            foreach (var vial in drug.Vials) if (!vial.Ndc.IsNone) book.Containers.TryAdd(vial.Ndc, (drug.Index, vial));
        }
    }

    byte Source(ReadOnlySpan<char> cell)
    {
        var end = cell.IndexOfAny(':', ' ');
        return sourceIds.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(end < 0 ? cell : cell[..end], out var id) ? id : (byte)0;
    }

    /// <summary>The groups that a product row's own file implies.</summary>
    void Join(Code code, DateRange dates, Group group) => memberships.Add((code, dates, group));
}
