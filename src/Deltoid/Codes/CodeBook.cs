using System.Text;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// One release of the codes and facts a claim is judged by: columns by code id, each a run of dated rows. Immutable;
/// the service date picks the row, the book picks the release. Built by <see cref="CodeBookBuilder"/>.
/// </summary>
public sealed class CodeBook
{
    internal CodeBook(string version) => Version = version;

    /// <summary>
    /// Release and layer: <c>2026-10-01+starter.2</c>. Every result carries it, so that it can be repeated.
    /// </summary>
    public string Version { get; }

    /// <summary>The day of the release: what is shown for "today" where no day is given.</summary>
    public DateOnly Release => Days.Read(Version.AsSpan(0, 10));

    /// <summary>
    /// Whether the pairs are a whole official table; else only codes of <see cref="Group.PairsKnown"/> have all of
    /// theirs.
    /// </summary>
    public bool HasAllPairs(bool hospital) => hospital ? AllHospitalPairs : AllPractitionerPairs;

    internal bool AllPractitionerPairs { get; set; }

    internal bool AllHospitalPairs { get; set; }

    /// <summary>The last day whose rules the book knows: the end of the quarter of its newest release.</summary>
    public DateOnly KnownThru { get; internal set; }

    /// <summary>The last day of the quarter that a day is in.</summary>
    internal static DateOnly QuarterEnd(DateOnly day) =>
        new DateOnly(day.Year, day.Month - ((day.Month - 1) % 3), 1).AddMonths(3).AddDays(-1);

    internal CodeIndex Ids { get; set; } = null!;

    /// <summary>The spans of days, ascending, for which there are payment limits of drugs.</summary>
    internal Column<DateRange> PricedDays { get; set; }

    /// <summary>Whether any drug has a payment limit on the day.</summary>
    public bool HasDrugPrices(DateOnly day)
    {
        for (var i = 0; i < PricedDays.Count; i++)
            if (PricedDays[i].Contains(day)) return true;
        return false;
    }

    /// <summary>The spans that rows cover, those that touch put together.</summary>
    internal static DateRange[] SpansOf(ReadOnlySpan<AspRow> rows)
    {
        var days = new SortedDictionary<int, int>();
        foreach (ref readonly var row in rows)
            if (!days.TryGetValue(row.Dates.FromDay, out var thru) || thru < row.Dates.ThruDay)
                days[row.Dates.FromDay] = row.Dates.ThruDay;
        var spans = new List<DateRange>();
        foreach (var (from, thru) in days)
        {
            if (spans is [.., var last] && last.ThruDay + 1 >= from)
                spans[^1] = new(last.FromDay, Math.Max(last.ThruDay, thru), 0);
            else
                spans.Add(new(from, thru, 0));
        }
        return [.. spans];
    }

    internal Column<ulong> CodeOfId { get; set; }

    /// <summary>The pool of its labels.</summary>
    internal Column<byte> Text { get; set; }

    /// <summary>The pack of the shipped rows that it was opened from; null when it was built in memory.</summary>
    internal Pack? Shipped { get; set; }

    /// <summary>Tables of a few hundred rows that are read when first asked for.</summary>
    internal Lazy<PlainTables> Plain { get; set; } = null!;

    internal Lazy<DrugTables> DrugTables { get; set; } = null!;

    /// <summary>Reads what is else read when first asked for.</summary>
    internal void Open()
    {
        _ = Plain.Value;
        _ = DrugTables.Value;
    }

    internal Runs<Code> SuccessorsOf { get; set; } = null!;

    internal DatedRuns<AddOnRow> AddOns { get; set; } = null!;

    internal Column<Code> AddOnParents { get; set; }

    internal PackedMap<RowList<PlaceRow>> Places => Plain.Value.Places;

    internal DepartmentRow[] Departments => Plain.Value.Departments;

    /// <summary>What people say for several codes at once, in small letters: <c>flu shot</c>.</summary>
    internal Dictionary<string, Code[]> Phrases => Plain.Value.Phrases;

    internal PackedMap<RowList<ModifierRow>> ModifierRows => Plain.Value.Modifiers;

    internal NdcTable Ndcs { get; set; } = new(default);

    /// <summary>The codes that a package is billed as on a day; empty when the book does not know it.</summary>
    internal NdcCodes CodesOf(Ndc ndc, DateOnly day)
    {
        var (all, inForce) = (Ndcs.Of(ndc), new NdcCodes());
        for (var i = 0; i < all.Count; i++)
            if (TryCode(all[i].Code, day, out _)) inForce.Add(all[i]);
        return inForce;
    }

    /// <summary>
    /// Modifiers that decide the payment of a line, in the order in which they are on it; rows of one set together.
    /// </summary>
    internal IReadOnlyList<PaymentModifierRow> PaymentModifiers => Plain.Value.PaymentModifiers;

    internal PackedMap<Container> Containers => DrugTables.Value.Containers;

    internal IReadOnlyList<Drug> Drugs => DrugTables.Value.Drugs;

    internal DatedRuns<CodeRow> Codes { get; set; } = null!;

    internal DatedRuns<BillingUnitRow> BillingUnits { get; set; } = null!;

    internal DatedRuns<FeeRow> Fees { get; set; } = null!;

    internal DatedRuns<UnitLimitRow> UnitLimits { get; set; } = null!;

    internal DatedRuns<AspRow> AspLimits { get; set; } = null!;

    internal DatedRuns<OppsRow> Opps { get; set; } = null!;

    internal PairTable PractitionerPairs { get; set; } = null!;

    internal PairTable HospitalPairs { get; set; } = null!;

    /// <summary>ICD-10-CM by fiscal year, the latest first; no two decide for one day.</summary>
    internal DiagnosisTable[] DiagnosisTables { get; set; } = [];

    /// <summary>The official rows that lie over the shipped ones; null in the starter book.</summary>
    internal Pack? Pack { get; set; }

    CodeSearch? search;

    /// <summary>Finds its codes; the index is made when first asked for, and is the same for every caller.</summary>
    internal CodeSearch Search => search ??= new(this);

    /// <summary>Fee rows of parts of a service (26, TC, 53).</summary>
    internal DatedRuns<FeeRow> FeeParts { get; set; } = null!;

    internal IReadOnlyList<LocalityRow> Localities => Plain.Value.Localities;

    /// <summary>
    /// Self-administered drugs by contractor, as far as their articles were read: a code without a row may be on a list
    /// all the same.
    /// </summary>
    internal IReadOnlyList<ExclusionRow> Exclusions => DrugTables.Value.Exclusions;

    internal IReadOnlyList<FactorRow> Factors => Plain.Value.Factors;

    internal IReadOnlyList<SourceRow> Sources => Plain.Value.Sources;

    /// <summary>Diagnoses, drugs and codes that are for one sex or for some ages.</summary>
    internal PersonRule[] PersonRules => Plain.Value.PersonRules;

    /// <summary>Places with rules of their own, in the order in which they are tried.</summary>
    internal PlaceRule[] PlaceRules => Plain.Value.PlaceRules;

    internal IReadOnlyList<SiteRow> Sites => Plain.Value.Sites;

    internal IReadOnlyList<TermRow> Terms => Plain.Value.Terms;

    /// <summary>What a diagnosis is: a neoplasm, an injury, and others that coding and edits ask for.</summary>
    internal DiagnosisKinds DiagnosisKinds => Plain.Value.DiagnosisKinds;

    internal IReadOnlyList<PartRow> Parts => Plain.Value.Parts;

    internal IReadOnlyList<OwnRouteRow> OwnRoutes => Plain.Value.OwnRoutes;

    internal IReadOnlyList<ToxinRow> Toxins => Plain.Value.Toxins;

    internal IReadOnlyList<LevelRow> Levels => Plain.Value.Levels;

    internal PayerSetting[] PayerSettings => Plain.Value.PayerSettings;

    /// <summary>How many codes the book knows, of any day.</summary>
    public int CodeCount => CodeOfId.Count;

    /// <summary>The id of a code in this book, or -1.</summary>
    public int Id(Code code) => Ids.Find(code.Packed);

    /// <summary>The code of an id of this book.</summary>
    public Code this[int id] => new(CodeOfId[id]);

    /// <summary>Our own label of a code, or the publisher's where it is free; empty for most CPT codes.</summary>
    internal string LabelOf(in CodeRow row) => TextOf(row.Label);

    /// <summary>A text of the shipped rows, or of the official ones, whose places are written as complements.</summary>
    internal string TextOf(TextRef text) => text.Length == 0 ? "" : Encoding.UTF8.GetString(Utf8(text));

    internal ReadOnlySpan<byte> Utf8(TextRef text) =>
        text.Start < 0 ? Pack!.Utf8(new(~text.Start, text.Length)) : Text.Span.Slice(text.Start, text.Length);

    /// <summary>
    /// The diagnoses in force on a day; null where no table covers it: a day is never judged by another year.
    /// </summary>
    internal DiagnosisTable? Diagnoses(DateOnly day)
    {
        foreach (var table in DiagnosisTables)
            if (table.Dates.Contains(day)) return table;
        return null;
    }

    /// <summary>The row of a code on a day; false when the book does not have it then.</summary>
    internal bool TryCode(Code code, DateOnly day, out CodeRow row) => Codes.TryGet(Id(code), day.DayNumber, out row);

    /// <summary>The fee row of a part of a service.</summary>
    internal bool TryFeePart(Code code, Modifier part, DateOnly day, out FeeRow row)
    {
        foreach (ref readonly var each in FeeParts[Id(code)])
            if (each.Part == part && each.Dates.Contains(day))
            {
                row = each;
                return true;
            }
        row = default;
        return false;
    }

    internal bool TryUnit(Code code, DateOnly day, out BillingUnitRow row) =>
        BillingUnits.TryGet(Id(code), day.DayNumber, out row);

    internal bool TryFee(Code code, DateOnly day, out FeeRow row) => Fees.TryGet(Id(code), day.DayNumber, out row);

    /// <summary>The unit limit of the practitioner or the outpatient-hospital table.</summary>
    internal bool TryUnitLimit(int id, DateOnly day, bool outpatient, out UnitLimitRow row)
    {
        foreach (ref readonly var each in UnitLimits[id])
            if (each.Outpatient == outpatient && each.Dates.Contains(day))
            {
                row = each;
                return true;
            }
        row = default;
        return false;
    }

    /// <summary>Whether the table of the setting has a limit for the code, on any day.</summary>
    internal bool HasUnitLimits(int id, bool outpatient)
    {
        foreach (ref readonly var each in UnitLimits[id])
            if (each.Outpatient == outpatient) return true;
        return false;
    }

    /// <summary>The pair with <paramref name="one"/> in column one, in the table of the setting.</summary>
    internal bool TryPair(Code one, Code two, DateOnly day, bool hospital, out PairRow row) =>
        (hospital ? HospitalPairs : PractitionerPairs).TryFind(Id(one), Id(two), day.DayNumber, out row);

    /// <summary>The codes that took over from a retired one.</summary>
    public IReadOnlyList<Code> Successors(Code code) => SuccessorsOf[Id(code)].ToArray();

    internal AddOnRow? AddOn(Code code, DateOnly day) =>
        AddOns.TryGet(Id(code), day.DayNumber, out var row) ? row : null;

    /// <summary>The codes that an add-on code adds to.</summary>
    internal ReadOnlySpan<Code> Parents(in AddOnRow row) => AddOnParents.Span.Slice(row.First, row.Count);

    internal PlaceRow? Place(Code place, DateOnly day)
    {
        if (Places.TryGet(place.Packed, out var rows))
            foreach (var row in rows)
                if (row.Dates.Contains(day)) return row;
        return null;
    }

    /// <summary>
    /// The revenue code of a facility's line, by the groups of its code and the place; none where no row fits.
    /// </summary>
    internal Code RevenueCode(CodeGroups groups, Code place, DateOnly day) =>
        Department(place, day, row => !row.Group.IsEmpty && (groups | Group.AnyLine).HasAny(row.Group));

    /// <summary>A facility's type of bill (CLM05-1) by its place of service; none where no row says.</summary>
    public Code TypeOfBill(Code place, DateOnly day) => Department(place, day, static row => row.Group.IsEmpty);

    Code Department(Code place, DateOnly day, Predicate<DepartmentRow> fits)
    {
        foreach (var row in Departments)
            if ((row.Place.IsNone || row.Place == place) && row.Dates.Contains(day) && fits(row)) return row.Code;
        return default;
    }

    /// <summary>Whether Medicare pays the place its own rate for a visit, and no line by the fee schedule.</summary>
    public bool IsPaidByVisit(Code place, DateOnly day)
    {
        foreach (var rule in PlaceRules)
            if (rule.Place == place && rule.Pays == PlacePays.Rate && rule.Dates.Contains(day)) return true;
        return false;
    }

    /// <summary>All rows of a modifier; empty when the book does not know it.</summary>
    internal IReadOnlyList<ModifierRow> Modifier(Modifier modifier) =>
        ModifierRows.TryGet(modifier.Packed, out var rows) ? rows : [];

    /// <summary>
    /// A drug by any name people use: generic, brand or slang, as charted or without its last words ("ketorolac 30 mg",
    /// "ceftriaxone (Rocephin)"); or by the beginning that only names of one drug have ("Gammagard"). A brand in square
    /// brackets, as RxNorm writes it, decides between drugs; where it is of another kind than the words before it, none
    /// is taken. Null when none has it.
    /// </summary>
    internal Drug? DrugNamed(string name)
    {
        if (DrugName.InBrackets(name, out var before) is not { Length: > 0 } brand
            || DrugFolded(DrugName.Fold(brand)) is not { } branded)
            return DrugFolded(DrugName.Fold(name));
        if (DrugFolded(DrugName.Fold(before)) is { } generic)
            return DrugName.IsOneKind(generic, branded) ? branded : null;
        var begun = DrugsBeginning(before);
        foreach (var each in begun)
            if (DrugName.IsOneKind(each, branded)) return branded;
        return begun.Count == 0 ? branded : null;
    }

    Drug? DrugFolded(string folded)
    {
        for (var length = folded.Length; length > 0; length = folded.LastIndexOf(' ', length - 1))
            if (DrugTables.Value.Names.TryGetValue(folded[..length], out var index))
                return VaccineName.IsOther(this, Drugs[index], folded.AsSpan(length)) ? null : Drugs[index];
        return DrugName.HasLetter(folded) ? DrugBeginning(folded + " ") : null;
    }

    /// <summary>The drugs of which a name begins with the charted words, or with the first of them.</summary>
    internal IReadOnlyList<Drug> DrugsBeginning(string name)
    {
        var folded = DrugName.Fold(name);
        var found = new List<Drug>();
        for (var length = folded.Length; length > 0 && found.Count == 0; length = folded.LastIndexOf(' ', length - 1))
        {
            if (!DrugName.HasLetter(folded.AsSpan(0, length))) break; // "1" begins "1% lidocaine" and names nothing
            var words = folded[..length] + " ";
            foreach (var (each, index) in DrugTables.Value.Names)
                if (each.StartsWith(words, StringComparison.Ordinal) && !found.Contains(Drugs[index]))
                    found.Add(Drugs[index]);
        }
        found.Sort(static (x, y) => x.Index.CompareTo(y.Index));
        return found;
    }

    Drug? DrugBeginning(string words)
    {
        var only = -1;
        foreach (var (name, index) in DrugTables.Value.Names)
        {
            if (!name.StartsWith(words, StringComparison.Ordinal)) continue;
            if (only >= 0 && only != index) return null;
            only = index;
        }
        return only < 0 ? null : Drugs[only];
    }

    /// <summary>The drugs that a code is billed for; several for unclassified codes.</summary>
    public IReadOnlyList<int> DrugsBilledAs(Code code) =>
        DrugTables.Value.OfCode.TryGet(code.Packed, out var all) ? all : [];

    internal bool TryContainer(Ndc ndc, out int drug, out VialRow vial)
    {
        var found = Containers.TryGet(ndc.Digits, out var both);
        (drug, vial) = (both.Drug, both.Vial);
        return found;
    }

    /// <summary>A locality by MAC and number on a day; the state decides where two share the key.</summary>
    internal LocalityRow? Locality(string macAndNumber, string state, DateOnly day)
    {
        LocalityRow? found = null;
        foreach (var row in Localities)
            if (row.Dates.Contains(day) && macAndNumber.Length == row.Mac.Length + row.Number.Length + 1
                && macAndNumber.StartsWith(row.Mac, StringComparison.Ordinal)
                && macAndNumber.EndsWith(row.Number, StringComparison.Ordinal))
            {
                if (row.State.Equals(state, StringComparison.OrdinalIgnoreCase)) return row;
                found ??= row;
            }
        return found;
    }

    /// <summary>
    /// A ZIP code's row on a day: the newest that had begun by then, for localities last longer than the quarter of a
    /// file; else the oldest. False where the book has no such ZIP code.
    /// </summary>
    internal bool TryZip(int zip, DateOnly day, out ZipRow row)
    {
        row = default;
        var found = false;
        foreach (ref readonly var each in Zips.Span)
        {
            if (each.Zip != zip || (found && !IsNearer(each.Dates.FromDay, row.Dates.FromDay, day.DayNumber))) continue;
            (row, found) = (each, true);
        }
        return found;
    }

    static bool IsNearer(int begun, int before, int day) =>
        begun <= day ? before > day || begun > before : begun < before && before > day;

    /// <summary>
    /// ZIP codes with their localities: those of official files where there are any, else the shipped ones.
    /// </summary>
    internal Column<ZipRow> Zips =>
        Pack?.Column<ZipRow>("zip") is { Count: > 0 } official ? official : Plain.Value.Zips.Value;

    /// <summary>
    /// Whether OPPS pays a hospital's code within the service (status indicator N); such a drug takes neither JW nor JZ
    /// (INJ-100).
    /// </summary>
    public bool IsPackaged(Code code, DateOnly day) =>
        Opps.TryGet(Id(code), day.DayNumber, out var row) && row.Indicator == Packaged;

    static readonly Code Packaged = Code.Of("N");

    internal FactorRow? Factor(DateOnly day, bool qualifying)
    {
        foreach (var row in Factors)
            if (row.Qualifying == qualifying && row.Dates.Contains(day)) return row;
        return null;
    }

    /// <summary>The name of a source, as rows cite it.</summary>
    public string SourceId(byte source) => source < Sources.Count ? Sources[source].Id : "";
}

/// <summary>
/// Tables of a few rows: places, departments, modifiers, localities, factors, sources, sites, habits of payers.
/// </summary>
internal sealed record PlainTables(
    PackedMap<RowList<PlaceRow>> Places, DepartmentRow[] Departments, PackedMap<RowList<ModifierRow>> Modifiers,
    List<PaymentModifierRow> PaymentModifiers, List<LocalityRow> Localities, List<FactorRow> Factors,
    List<SourceRow> Sources, PlaceRule[] PlaceRules, PersonRule[] PersonRules, List<SiteRow> Sites, List<TermRow> Terms,
    DiagnosisKinds DiagnosisKinds,
    List<PartRow> Parts, List<OwnRouteRow> OwnRoutes, List<ToxinRow> Toxins, List<LevelRow> Levels,
    Dictionary<string, Code[]> Phrases, PayerSetting[] PayerSettings, Lazy<Column<ZipRow>> Zips);

/// <summary>Drugs by number, by every name, by code, and by package.</summary>
internal sealed record DrugTables(List<Drug> Drugs, Dictionary<string, int> Names, PackedMap<List<int>> OfCode,
    PackedMap<Container> Containers, List<ExclusionRow> Exclusions);

/// <summary>A container of a drug.</summary>
internal readonly record struct Container(int Drug, VialRow Vial);
