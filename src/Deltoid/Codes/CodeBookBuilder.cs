using System.Runtime.InteropServices;
using System.Text;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// Builds a book from row files, in any order; references are resolved in <see cref="Build"/>. One method per file, by
/// the file's name. The same builder serves the starter rows and, later, rows read from the official files.
/// </summary>
internal sealed partial class CodeBookBuilder(string version)
{
    Filed<CodeRow> codes = new(4096);
    Filed<BillingUnitRow> units = new(2048);
    Filed<FeeRow> fees = new(4096);
    Filed<UnitLimitRow> limits = new(4096);
    Filed<AspRow> asp = new(128);
    Filed<OppsRow> opps = new(2048);
    RowList<Membership> memberships = new(4096);
    readonly RowList<FiledPairs> practitionerPairs = new(1024);
    readonly RowList<FiledPairs> hospitalPairs = new(1024);
    readonly PackedMap<Code[]> successors = new();
    readonly PackedMap<RowList<FiledAddOn>> addOns = new();
    readonly RowList<byte> text = new(1 << 16);
    readonly PackedMap<RowList<PlaceRow>> places = new();
    readonly RowList<DepartmentRow> departments = new();
    readonly Dictionary<string, Code[]> phrases = [];
    readonly PackedMap<RowList<ModifierRow>> modifiers = new();
    readonly List<LocalityRow> localities = [];
    Lazy<Column<ZipRow>> zips = new(static () => default);
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
    DiagnosisRows? diagnosisRows;
    NdcTable ndcs = new(default);

    /// <summary>A code that is in a group over a span of days.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    readonly record struct Membership(Code Code, DateRange Dates, CodeGroups Group);

    /// <summary>One row of pairs: a code of column one with all of column two that share dates and indicator.</summary>
    readonly record struct FiledPairs(Code One, Code[] Twos, PairRow Row);

    /// <summary>An add-on code's row with its primary codes.</summary>
    sealed record FiledAddOn(DateRange Dates, byte Type, Code[] Parents, byte Source);

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
        ["sources", "procedures", "hcpcs", "drugs", "vaccines", "products", "classes", "policies", "doses", "vials",
         "ndcs", "bundles", "sad", "level2", "cpt", "groups", "pfs", "mue", "asp", "opps", "ncci", "addons", "pos",
         "places", "departments", "modifiers", "payment-modifiers", "gpci", "zips", "factors", "sites", "persons",
         "terms", "parts", "routes", "toxins", "levels", "payers", "phrases", "icd10"];

    /// <summary>Reads one row file.</summary>
    /// <param name="name">Its name without ending: <c>ncci</c>.</param>
    /// <exception cref="RowException">A row does not read; the message names file, row and cell.</exception>
    public void Read(string name, ReadOnlySpan<byte> utf8)
    {
        if (name == "ndcs") ndcs = new(Column.Of<byte>(utf8));
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
            case "level2": ReadLevelTwo(rows); break;
            case "cpt": ReadListed(rows); break;
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
            case "zips": zips = new(() => ZipRows.Read(new Rows("zips.tsv", text), Source)); break;
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
            case "icd10": diagnosisRows = new(rows, Keep, Source); break;
            default: throw new RowException(name, 0, "is not a file of a code book");
        }
    }

    public CodeBook Build()
    {
        if (pack is null && diagnosisRows is not null) diagnoses = diagnosisRows.Tables(Column.Of<byte>(text.Span));
        var book = new CodeBook(version) { Text = shippedText.Count > 0 ? shippedText : Column.Of<byte>(text.Span),
            Pack = pack, DiagnosisTables = diagnoses };
        AssignIds(book);
        book.Codes = RowsWithGroups(book);
        book.BillingUnits = Runs(book, units);
        book.Fees = Runs(book, fees);
        book.FeeParts = Runs(book, feeParts);
        book.UnitLimits = Runs(book, limits);
        book.AspLimits = Runs(book, asp);
        book.Opps = Runs(book, opps);
        book.PractitionerPairs = wholePractitionerPairs ?? Pairs(book, practitionerPairs, shippedPractitionerPairs,
            officialPractitionerPairs);
        book.HospitalPairs = wholeHospitalPairs
            ?? Pairs(book, hospitalPairs, shippedHospitalPairs, officialHospitalPairs);
        (book.AllPractitionerPairs, book.AllHospitalPairs) = (wholePractitionerPairs is not null,
            wholeHospitalPairs is not null);
        SetSuccessors(book);
        SetAddOns(book);
        book.Ndcs = ndcs;
        (book.Plain, book.DrugTables) = (new(PlainTables()), new(DrugTables()));
        book.PricedDays = Column.Of<DateRange>(CodeBook.SpansOf(book.AspLimits.Rows));
        book.KnownThru = CodeBook.QuarterEnd(DateOnly.FromDayNumber(Math.Max(book.Release.DayNumber, shippedDay)));
        return book;
    }

    PlainTables PlainTables() => new(
        places, departments.ToArray(), modifiers, paymentModifiers, localities, factors, sources, [.. placeRules],
        [.. personRules], sites, terms, new(terms), parts, ownRoutes, toxins, levels, phrases, settings.ToArray(),
        zips);

    void SetSuccessors(CodeBook book)
    {
        var (ids, all) = (new RowList<int>(1024), new RowList<Code>(1024));
        for (var id = 0; id < book.CodeCount; id++)
            if (successors.TryGet(book[id].Packed, out var next))
                foreach (var code in next)
                {
                    ids.Add(id);
                    all.Add(code);
                }
        book.SuccessorsOf = new(book.CodeCount, ids.Span, all.Span);
    }

    void SetAddOns(CodeBook book)
    {
        var (ids, rows, parents) = (new RowList<int>(1024), new RowList<AddOnRow>(1024), new RowList<Code>(8192));
        for (var id = 0; id < book.CodeCount; id++)
        {
            if (!addOns.TryGet(book[id].Packed, out var filed)) continue;
            foreach (var row in filed)
            {
                ids.Add(id);
                rows.Add(new(row.Dates, row.Type, parents.Count, row.Parents.Length, row.Source));
                parents.AddAll(row.Parents);
            }
        }
        (book.AddOns, book.AddOnParents) = (new(book.CodeCount, ids.Span, rows.Span), Column.Of<Code>(parents.Span));
    }

    /// <summary>Puts a text into the pool of labels.</summary>
    TextRef Keep(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty) return default;
        var utf8 = Encoding.UTF8.GetBytes(label.ToArray());
        var kept = new TextRef(text.Count, utf8.Length);
        text.AddAll(utf8);
        return kept;
    }

    /// <summary>Whether pairs are those of the official pack, by its ids; else those of the shipped one are.</summary>
    bool HasWholePairs => wholePractitionerPairs is not null || wholeHospitalPairs is not null;

    /// <summary>
    /// Ids in the order of the codes' text, and the index that finds them; over a pack the codes whose pairs are mapped
    /// stand first.
    /// </summary>
    void AssignIds(CodeBook book)
    {
        var ids = new PackedMap<int>(1 << 16);
        if (pack is not null)
            foreach (var code in pack.Codes.Span) ids.At(code, out _) = -1;
        foreach (var code in shippedCodes.Span) ids.At(code, out _) = -1;
        foreach (var list in new[] { codes.Codes, units.Codes, fees.Codes, feeParts.Codes, limits.Codes, asp.Codes,
            opps.Codes })
            foreach (ref readonly var code in list.Span) ids.At(code.Packed, out _) = -1;
        foreach (var list in new[] { practitionerPairs, hospitalPairs })
            foreach (ref readonly var pairs in list.Span)
            {
                ids.At(pairs.One.Packed, out _) = -1;
                foreach (var two in pairs.Twos) ids.At(two.Packed, out _) = -1;
            }
        var sorted = ids.Keys();
        Sorting.Sort(sorted);
        if (pack is not null)
            sorted = LeadFirst(sorted, HasWholePairs || shippedCodes.Count == 0 ? pack.Codes.Span : shippedCodes.Span);
        (book.CodeOfId, book.Ids) = (Column.Of<ulong>(sorted), CodeIndex.Of(sorted));
    }

    static DatedRuns<T> Runs<T>(CodeBook book, Filed<T> filed) where T : unmanaged, IDated =>
        new(book.CodeCount, Ids(book, filed.Codes), filed.Rows.Span);

    static int[] Ids(CodeBook book, RowList<Code> codes)
    {
        var ids = new int[codes.Count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = i > 0 && codes[i].Packed == codes[i - 1].Packed ? ids[i - 1] : book.Id(codes[i]);
        return ids;
    }

    PairTable Pairs(CodeBook book, RowList<FiledPairs> filed, PairTable? shipped, PairTable? official)
    {
        var officialIds = official is null ? [] : IdsOf(book, pack!.Codes.Span);
        if (shipped is not null && !HasWholePairs && filed.Count == 0 && shipped.HasRoomFor(book.CodeCount, official))
            // the shipped ids are the book's
            return official is null ? shipped : shipped.With(official, officialIds, book.CodeCount);
        var builder = new PairTable.Builder(book.CodeCount);
        if (shipped is not null) builder.AddAll(shipped, IdsOf(book, shippedCodes.Span), IsReplaced(official));
        if (official is not null) builder.AddAll(official, officialIds, static (_, _) => false);
        foreach (ref readonly var pairs in filed.Span)
        {
            builder.Begin(book.Id(pairs.One), pairs.Row);
            foreach (var two in pairs.Twos) builder.Add(book.Id(two));
        }
        return builder.Build();
    }

    /// <summary>A code's rows, cut where a group begins or ends, so that one look-up on the day gives both.</summary>
    DatedRuns<CodeRow> RowsWithGroups(CodeBook book)
    {
        var ofCode = new RowList<Membership>?[book.CodeCount];
        foreach (ref readonly var member in memberships.Span)
            if (book.Id(member.Code) is >= 0 and var id) (ofCode[id] ??= new()).Add(member);
        var paired = Paired(book);
        var cut = new Filed<CodeRow>(codes.Rows.Count * 2);
        var starts = new RowList<int>(64);
        for (var i = 0; i < codes.Rows.Count; i++)
        {
            var (code, row) = (codes.Codes[i], codes.Rows[i]);
            var id = book.Id(code);
            if (paired[id]) row = row with { Groups = row.Groups | Group.HasPairs };
            if (ofCode[id] is not { } groups)
            {
                cut.Add(code, row);
                continue;
            }
            FindCuts(row.Dates, groups, starts);
            for (var j = 0; j < starts.Count; j++)
            {
                var span = new DateRange(starts[j], j + 1 < starts.Count ? starts[j + 1] - 1 : row.Dates.ThruDay,
                    row.Dates.KnownDay);
                var mask = row.Groups;
                foreach (ref readonly var member in groups.Span)
                    if (member.Dates.Contains(span.FromDay)) mask |= member.Group;
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
        if (pack is not null)
            Mark(book, paired, pack.Codes.Span, wholePractitionerPairs, wholeHospitalPairs, officialPractitionerPairs,
                officialHospitalPairs);
        Mark(book, paired, shippedCodes.Span, shippedPractitionerPairs, shippedHospitalPairs);
        return paired;
    }

    /// <summary>The days within a row on which its groups change, ascending, its own first day among them.</summary>
    static void FindCuts(DateRange dates, RowList<Membership> groups, RowList<int> starts)
    {
        starts.Clear();
        starts.Add(dates.FromDay);
        foreach (ref readonly var member in groups.Span)
        {
            if (member.Dates.FromDay > dates.FromDay && member.Dates.FromDay <= dates.ThruDay)
                AddCut(starts, member.Dates.FromDay);
            if (member.Dates.ThruDay < dates.ThruDay && member.Dates.ThruDay >= dates.FromDay)
                AddCut(starts, member.Dates.ThruDay + 1);
        }
    }

    static void AddCut(RowList<int> starts, int day)
    {
        foreach (var start in starts)
            if (start == day) return;
        starts.Add(day);
        var span = starts.Span;
        for (var i = span.Length - 1; i > 0 && span[i - 1] > span[i]; i--)
            (span[i - 1], span[i]) = (span[i], span[i - 1]);
    }

    DrugTables DrugTables()
    {
        var tables = new DrugTables(drugs, new(drugs.Count * 6), new(), new(), exclusions);
        foreach (var drug in drugs)
        {
            tables.Names.TryAdd(DrugName.Fold(drug.Name), drug.Index);
            foreach (var name in drug.Brands) tables.Names.TryAdd(DrugName.Fold(name), drug.Index);
            foreach (var name in drug.Slang) tables.Names.TryAdd(DrugName.Fold(name), drug.Index);
            foreach (var product in drug.Products)
            {
                ref var all = ref tables.OfCode.At(product.Hcpcs.Packed, out var added);
                if (added) all = [];
                if (!all.Contains(drug.Index)) all.Add(drug.Index);
            }
            foreach (var vial in drug.Vials)
            {
                if (vial.Ndc.IsNone) continue;
                ref var container = ref tables.Containers.At(vial.Ndc.Digits, out var added);
                if (added) container = new(drug.Index, vial);
            }
        }
        return tables;
    }

    /// <summary>
    /// The number of the source a cell names before its colon or blank; neighbouring rows mostly share it.
    /// </summary>
    byte Source(ReadOnlySpan<char> cell)
    {
        var end = cell.IndexOfAny(':', ' ');
        var id = end < 0 ? cell : cell[..end];
        if (id.SequenceEqual(sources[latestSource].Id)) return latestSource;
        for (var i = 0; i < sources.Count; i++)
            if (id.SequenceEqual(sources[i].Id)) return latestSource = (byte)i;
        return 0;
    }

    /// <summary>The groups that a product row's own file implies.</summary>
    void Join(Code code, DateRange dates, CodeGroups group) => memberships.Add(new(code, dates, group));
}
