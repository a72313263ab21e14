using System.Text;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// Builds a book from row files, in any order; references are resolved in <see cref="Build"/>. One method per file, by the file's
/// name. The same builder serves the starter rows and, later, rows read from the official files.
/// </summary>
public sealed partial class CodeBookBuilder(string version)
{
    Filed<CodeRow> codes = new(4096);
    readonly Filed<BillingUnitRow> units = new(2048);
    Filed<FeeRow> fees = new(4096);
    Filed<UnitLimitRow> limits = new(4096);
    Filed<AspRow> asp = new(128);
    Filed<OppsRow> opps = new(2048);
    readonly RowList<Membership> memberships = new(4096);
    readonly RowList<FiledPairs> practitionerPairs = new(1024);
    readonly RowList<FiledPairs> hospitalPairs = new(1024);
    readonly PackedMap<Code[]> successors = new();
    readonly PackedMap<RowList<AddOnRow>> addOns = new();
    readonly PackedMap<RowList<PlaceRow>> places = new();
    readonly RowList<DepartmentRow> departments = new();
    readonly Dictionary<string, Code[]> phrases = [];
    readonly PackedMap<RowList<ModifierRow>> modifiers = new();
    readonly List<LocalityRow> localities = [];
    readonly List<ExclusionRow> exclusions = [];
    readonly List<FactorRow> factors = [];
    readonly List<SourceRow> sources = [new("", "", "", "", "", "")];
    readonly List<SiteRow> sites = [];
    readonly List<TermRow> terms = [];
    readonly List<PartRow> parts = [];
    readonly List<OwnRouteRow> ownRoutes = [];
    readonly List<ToxinRow> toxins = [];
    readonly List<LevelRow> levels = [];
    readonly RowList<PayerSetting> settings = new(64);
    readonly List<Drug> drugs = [];
    readonly Dictionary<string, Drug> drugByName = [];
    readonly RowList<Code> scratch = new(256);
    readonly string[] groupNames = typeof(GroupBit).GetEnumNames();
    readonly string[] modifierGroupNames = typeof(ModifierGroups).GetEnumNames();
    readonly string[] classNames = typeof(DrugClass).GetEnumNames();
    byte latestSource;
    DiagnosisTable? diagnoses;
    NdcTable ndcs = new(default);

    /// <summary>A code that is in a group over a span of days.</summary>
    readonly record struct Membership(Code Code, DateRange Dates, CodeGroups Group);

    /// <summary>One row of pairs: a code of column one with all of column two that share dates and indicator.</summary>
    readonly record struct FiledPairs(Code One, Code[] Twos, PairRow Row);

    /// <summary>Rows as they are filed, each with its code.</summary>
    sealed class Filed<T>(int capacity)
    {
        public RowList<Code> Codes { get; } = new(capacity);

        public RowList<T> Rows { get; } = new(capacity);

        public void Add(Code code, T row)
        {
            Codes.Add(code);
            Rows.Add(row);
        }
    }

    /// <summary>The row files a book is made of, in the order in which they must be read.</summary>
    public static readonly string[] Files =
        ["sources", "procedures", "hcpcs", "drugs", "vaccines", "products", "classes", "policies", "doses", "vials", "ndcs",
         "bundles", "sad", "groups", "pfs", "mue", "asp", "opps", "ncci", "addons", "pos", "places", "departments",
         "modifiers", "payment-modifiers", "gpci", "factors", "sites", "persons", "terms", "parts", "routes",
         "toxins", "levels", "payers", "phrases", "icd10"];

    /// <summary>Reads one row file.</summary>
    /// <param name="name">Its name without ending: <c>ncci</c>.</param>
    /// <param name="utf8">Its bytes; they may be kept.</param>
    /// <exception cref="RowException">A row does not read; the message names file, row and cell.</exception>
    public void Read(string name, byte[] utf8)
    {
        if (name == "ndcs") ndcs = new(utf8);
        else if (name == "icd10") diagnoses = DiagnosisTable.Read("icd10.tsv", utf8);
        else Read(name, Encoding.UTF8.GetString(utf8));
    }

    void Read(string name, string text)
    {
        var rows = new Rows(name + ".tsv", text);
        switch (name)
        {
            case "sources": sources.AddRange(SourceRow.All(rows)); break;
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
            case "persons": ReadPersonRules(rows); break;
            case "places": ReadPlaceRules(rows); break;
            case "bundles": ReadBundles(rows); break;
            case "departments": ReadDepartments(rows); break;
            case "modifiers": ReadModifiers(rows); break;
            case "payment-modifiers": ReadPaymentModifiers(rows); break;
            case "gpci": ReadLocalities(rows); break;
            case "factors": ReadFactors(rows); break;
            case "drugs": ReadDrugs(rows); break;
            case "products": ReadProducts(rows); break;
            case "classes": ReadClasses(rows); break;
            case "vaccines": ReadVaccines(rows); break;
            case "sad": ReadSelfAdministered(rows); break;
            case "doses": ReadDoses(rows); break;
            case "vials": ReadVials(rows); break;
            case "policies": ReadPolicies(rows); break;
            case "sites": ReadSites(rows); break;
            case "terms": ReadTerms(rows); break;
            case "parts": ReadParts(rows); break;
            case "routes": ReadOwnRoutes(rows); break;
            case "toxins": ReadToxins(rows); break;
            case "levels": ReadLevels(rows); break;
            case "payers": ReadSettings(rows); break;
            case "phrases": ReadPhrases(rows); break;
            default: throw new RowException(name, 0, "is not a file of a code book");
        }
    }

    public CodeBook Build()
    {
        var book = new CodeBook(version);
        AssignIds(book);
        book.Codes = RowsWithGroups(book);
        book.BillingUnits = Runs(book, units);
        book.Fees = Runs(book, fees);
        book.FeeParts = Runs(book, feeParts);
        book.UnitLimits = Runs(book, limits);
        book.AspLimits = Runs(book, asp);
        book.Opps = Runs(book, opps);
        book.PractitionerPairs = wholePractitionerPairs ?? Pairs(book, practitionerPairs);
        book.HospitalPairs = wholeHospitalPairs ?? Pairs(book, hospitalPairs);
        book.DiagnosisTables = diagnosisTables.Count > 0 ? [.. diagnosisTables] : [diagnoses ?? DiagnosisTable.Read("icd10.tsv", [])];
        book.Pack = pack;
        book.SuccessorsOf = successors;
        book.AddOns = addOns;
        book.Places = places;
        book.PlaceRules = [.. placeRules];
        book.PersonRules = [.. personRules];
        book.Departments = departments.ToArray();
        book.Phrases = phrases;
        book.ModifierRows = modifiers;
        book.PaymentModifiers = paymentModifiers;
        book.Ndcs = ndcs;
        book.Localities = localities;
        book.Exclusions = exclusions;
        book.Factors = factors;
        book.Sources = sources;
        book.Sites = sites;
        book.Terms = terms;
        book.Parts = parts;
        book.OwnRoutes = ownRoutes;
        book.Toxins = toxins;
        book.Levels = levels;
        book.PayerSettings = settings.ToArray();
        FinishDrugs(book);
        return book;
    }

    /// <summary>Ids in the order of the codes' text, and the map that finds them.</summary>
    void AssignIds(CodeBook book)
    {
        var ids = new PackedMap<int>(pack is null ? 4096 : 1 << 16);
        if (pack is not null) foreach (var code in pack.Codes.Span) ids.At(code, out _) = -1;
        foreach (var list in new[] { codes.Codes, units.Codes, fees.Codes, limits.Codes, asp.Codes, opps.Codes })
            foreach (ref readonly var code in list.Span) ids.At(code.Packed, out _) = -1;
        foreach (var list in new[] { practitionerPairs, hospitalPairs })
            foreach (ref readonly var pairs in list.Span)
            {
                ids.At(pairs.One.Packed, out _) = -1;
                foreach (var two in pairs.Twos) ids.At(two.Packed, out _) = -1;
            }
        var sorted = ids.Keys();
        Sorting.Sort(sorted);
        (book.CodeOfId, book.Ids) = (new Code[sorted.Length], ids);
        if (pack is not null) sorted = PackFirst(sorted, pack);
        for (var id = 0; id < sorted.Length; id++)
        {
            book.CodeOfId[id] = new(sorted[id]);
            ids.At(sorted[id], out _) = id;
        }
    }

    static DatedRuns<T> Runs<T>(CodeBook book, Filed<T> filed) where T : struct, IDated => new(book.CodeCount, Ids(book, filed.Codes), filed.Rows.Span);

    static int[] Ids(CodeBook book, RowList<Code> codes)
    {
        var ids = new int[codes.Count];
        for (var i = 0; i < ids.Length; i++) ids[i] = i > 0 && codes[i].Packed == codes[i - 1].Packed ? ids[i - 1] : book.Id(codes[i]);
        return ids;
    }

    static PairTable Pairs(CodeBook book, RowList<FiledPairs> filed)
    {
        var builder = new PairTable.Builder(book.CodeCount);
        foreach (ref readonly var pairs in filed.Span)
        {
            var one = book.Id(pairs.One);
            builder.Begin(one, pairs.Row);
            foreach (var two in pairs.Twos) builder.Add(book.Id(two));
        }
        return builder.Build();
    }

    /// <summary>A code's rows, cut where a group begins or ends, so that one look-up on the day gives both.</summary>
    DatedRuns<CodeRow> RowsWithGroups(CodeBook book)
    {
        var ofCode = new RowList<Membership>?[book.CodeCount];
        foreach (ref readonly var member in memberships.Span) if (book.Id(member.Code) is >= 0 and var id) (ofCode[id] ??= new()).Add(member);
        var paired = Paired(book);
        var cut = new Filed<CodeRow>(codes.Rows.Count * 2);
        var starts = new RowList<int>(64);
        for (var i = 0; i < codes.Rows.Count; i++)
        {
            var (code, row) = (codes.Codes[i], codes.Rows[i]);
            var id = book.Id(code);
            if (paired[id]) row = row with { Groups = row.Groups | Group.HasPairs };
            if (ofCode[id] is not { } groups) { cut.Add(code, row); continue; }
            FindCuts(row.Dates, groups, starts);
            for (var j = 0; j < starts.Count; j++)
            {
                var span = new DateRange(starts[j], j + 1 < starts.Count ? starts[j + 1] - 1 : row.Dates.ThruDay, row.Dates.KnownDay);
                var mask = row.Groups;
                foreach (ref readonly var member in groups.Span) if (member.Dates.Contains(span.FromDay)) mask |= member.Group;
                cut.Add(code, row with { Dates = span, Groups = mask });
            }
        }
        return Runs(book, cut);
    }

    bool[] Paired(CodeBook book)
    {
        var paired = new bool[book.CodeCount];
        foreach (var list in new[] { practitionerPairs, hospitalPairs })
            foreach (ref readonly var pairs in list.Span)
            {
                paired[book.Id(pairs.One)] = true;
                foreach (var two in pairs.Twos) paired[book.Id(two)] = true;
            }
        wholePractitionerPairs?.MarkPaired(paired);
        wholeHospitalPairs?.MarkPaired(paired);
        return paired;
    }

    /// <summary>The days within a row on which its groups change, ascending, its own first day among them.</summary>
    static void FindCuts(DateRange dates, RowList<Membership> groups, RowList<int> starts)
    {
        starts.Clear();
        starts.Add(dates.FromDay);
        foreach (ref readonly var member in groups.Span)
        {
            if (member.Dates.FromDay > dates.FromDay && member.Dates.FromDay <= dates.ThruDay) AddCut(starts, member.Dates.FromDay);
            if (member.Dates.ThruDay < dates.ThruDay && member.Dates.ThruDay >= dates.FromDay) AddCut(starts, member.Dates.ThruDay + 1);
        }
    }

    static void AddCut(RowList<int> starts, int day)
    {
        foreach (var start in starts) if (start == day) return;
        starts.Add(day);
        var span = starts.Span;
        for (var i = span.Length - 1; i > 0 && span[i - 1] > span[i]; i--) (span[i - 1], span[i]) = (span[i], span[i - 1]);
    }

    void FinishDrugs(CodeBook book)
    {
        book.Drugs = drugs;
        book.DrugNames = new(drugs.Count * 6);
        foreach (var drug in drugs)
        {
            book.DrugNames.TryAdd(DrugName.Fold(drug.Name), drug.Index);
            foreach (var name in drug.Brands) book.DrugNames.TryAdd(DrugName.Fold(name), drug.Index);
            foreach (var name in drug.Slang) book.DrugNames.TryAdd(DrugName.Fold(name), drug.Index);
            foreach (var product in drug.Products)
            {
                ref var all = ref book.DrugsOfCode.At(product.Hcpcs.Packed, out var added);
                if (added) all = [];
                if (!all.Contains(drug.Index)) all.Add(drug.Index);
            }
            foreach (var vial in drug.Vials)
            {
                if (vial.Ndc.IsNone) continue;
                ref var container = ref book.Containers.At(vial.Ndc.Digits, out var added);
                if (added) container = new(drug.Index, vial);
            }
        }
    }

    /// <summary>The number of the source a cell names before its colon or blank; neighbouring rows mostly share it.</summary>
    byte Source(ReadOnlySpan<char> cell)
    {
        var end = cell.IndexOfAny(':', ' ');
        var id = end < 0 ? cell : cell[..end];
        if (id.SequenceEqual(sources[latestSource].Id)) return latestSource;
        for (var i = 0; i < sources.Count; i++) if (id.SequenceEqual(sources[i].Id)) return latestSource = (byte)i;
        return 0;
    }

    /// <summary>The groups that a product row's own file implies.</summary>
    void Join(Code code, DateRange dates, CodeGroups group) => memberships.Add(new(code, dates, group));
}
