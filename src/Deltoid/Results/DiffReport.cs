using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// What changed between two books, for a coder: how many of each kind, then each kind, what an injection practice bills
/// first.
/// </summary>
/// <param name="before">The books as they were named.</param>
internal sealed class DiffReport(BookDiff diff, string before, string after)
{
    /// <summary>Items of one kind that a page shows, and partners of a code in pairs.</summary>
    const int MostShown = 20, MostPartners = 8;

    /// <summary>A code with its change, in words and in JSON.</summary>
    /// <param name="Count">Changes it counts for: of pairs one for each partner.</param>
    sealed record Item(string Code, bool IsInjection, int Count, Func<bool, string> Text, Action<Utf8JsonWriter> Json)
    {
        public bool IsDiagnosis { get; init; }
    }

    /// <summary>Changes of one kind.</summary>
    /// <param name="Name">Its name in JSON.</param>
    sealed record Section(string Name, string Title, List<Item> Items)
    {
        public int Count => Items.Sum(static i => i.Count);
    }

    TwoBooks Books => diff.Books;

    List<Section> Sections() =>
    [
        OfCodes("newCodes", "New codes", CodeFate.New),
        OfCodes("retiredCodes", "Retired codes", CodeFate.Retired, CodeFate.Ending),
        OfCodes("reinstatedCodes", "Reinstated codes", CodeFate.Reinstated),
        OfRows("billingUnits", "Billing units", code => Books.Unit(code), static (row, _) => BookWords.Unit(row),
            static (row, _, json) => BookWords.Unit(row, json)),
        OfRows("practitionerLimits", "Units a day (MUE), practitioner", code => Books.Limit(code, outpatient: false),
            static (row, _) => BookWords.Limit(row), static (row, _, json) => BookWords.Limit(row, json)),
        OfRows("outpatientLimits", "Units a day (MUE), hospital outpatient",
            code => Books.Limit(code, outpatient: true), static (row, _) => BookWords.Limit(row),
            static (row, _, json) => BookWords.Limit(row, json)),
        OfRows("aspLimits", "Drug payment limits (ASP)", code => Books.Asp(code), static (row, _) => BookWords.Asp(row),
            static (row, _, json) => BookWords.Asp(row, json)),
        OfRows("fees", "Physician fee schedule, national amounts", code => Books.Fee(code),
            static (row, at) => BookWords.Fee(row, at.Book, at.Code, at.Day),
            static (row, at, json) => BookWords.Fee(row, at.Book, at.Code, at.Day, json)),
        OfRows("opps", "Hospital outpatient (OPPS)", code => Books.Opps(code), static (row, _) => BookWords.Opps(row),
            static (row, _, json) => BookWords.Opps(row, json)),
        OfPairs("practitionerPairs", "Pairs (NCCI), practitioner", hospital: false),
        OfPairs("hospitalPairs", "Pairs (NCCI), hospital", hospital: true),
        OfAddOns(),
        OfDiagnoses(),
    ];

    Section OfCodes(string name, string title, params CodeFate[] fates) =>
        Of(name, title,
                diff.Codes(fates)
                .Select(c =>
                    new Item(c.Code.ToString(), diff.IsInjection(c.Code), 1, _ => FateOf(c.Code, c.Fate),
                    json => WriteFate(c.Code, c.Fate, json))));

    CodeBook Knowing(CodeFate fate) => fate is CodeFate.Retired ? Books.Before : Books.After;

    string FateOf(Code code, CodeFate fate)
    {
        var label = BookWords.Label(Knowing(fate), code) is { Length: > 0 } known ? known : "no label in these books";
        if (fate is CodeFate.New or CodeFate.Reinstated) return label;
        var last = Books.LastDayOf(code) is { } day ? $"last day {day.Iso()}" : "not in the later book";
        var next = Books.After.Successors(code);
        return $"{label}; {last}{(next.Count > 0 ? $"; bill {string.Join(" or ", next)}" : "")}";
    }

    void WriteFate(Code code, CodeFate fate, Utf8JsonWriter json)
    {
        json.WriteString("label"u8, BookWords.Label(Knowing(fate), code));
        if (fate is CodeFate.New or CodeFate.Reinstated) return;
        if (Books.LastDayOf(code) is { } day)
            json.WriteString("lastDay"u8, $"{day.Iso()}");
        else
            json.WriteNull("lastDay"u8);
        WriteCodes("successors"u8, Books.After.Successors(code), json);
    }

    /// <summary>Rows that differ; those that go with a retired code are not reported again.</summary>
    /// <param name="words">A row in words, with the book and day it is of.</param>
    Section OfRows<T>(string name, string title, Func<Code, Changed<T>?> ask, Func<T,
        (CodeBook Book, Code Code, DateOnly Day), string> words, Action<T, (CodeBook Book, Code Code, DateOnly Day),
        Utf8JsonWriter> members) where T : struct
    {
        return Of(name, title,
            diff.Each(ask).Where(c => c.After is not null || Books.Fate(c.Code) != CodeFate.Retired)
            .Select(c =>
                new Item(c.Code.ToString(), diff.IsInjection(c.Code), 1,
                    _ => Move(Side(c.Before, c.Code, true), Side(c.After, c.Code, false)), json =>
        {
            WriteSide("before"u8, c.Before, c.Code, true, json);
            WriteSide("after"u8, c.After, c.Code, false, json);
        })));

        static string Move(string before, string after) =>
            before == after ? $"{after}; an indicator of it changed" : $"{before} -> {after}";

        (CodeBook, Code, DateOnly) At(Code code, bool isBefore) =>
            isBefore ? (Books.Before, code, Books.BeforeDay) : (Books.After, code, Books.AfterDay);

        string Side(T? row, Code code, bool isBefore) => row is { } said ? words(said, At(code, isBefore)) : "none";

        void WriteSide(ReadOnlySpan<byte> member, T? row, Code code, bool isBefore, Utf8JsonWriter json)
        {
            if (row is not { } said)
            {
                json.WriteNull(member);
                return;
            }
            json.WriteStartObject(member);
            members(said, At(code, isBefore), json);
            json.WriteEndObject();
        }
    }

    /// <summary>Pairs of one code that changed alike are one item.</summary>
    Section OfPairs(string name, string title, bool hospital) =>
        Of(name, title, diff.Pairs(hospital).GroupBy(static p => (p.One, p.Before, p.After)).Select(group =>
                {
                    var partners = group.Select(static p => p.Two).OrderByDescending(diff.IsInjection)
                        .ThenBy(static c => c).ToList();
                    var isInjection = diff.IsInjection(group.Key.One) || diff.IsInjection(partners[0]);
                    return new Item(group.Key.One.ToString(), isInjection, partners.Count,
                        all => $"{PairOf(group.Key.Before, group.Key.After)} "
                            + $"{Listed(partners, all ? int.MaxValue : MostPartners)}", json =>
                        {
                            WriteIndicator("before"u8, group.Key.Before, json);
                            WriteIndicator("after"u8, group.Key.After, json);
                            WriteCodes("with"u8, partners, json);
                        });
                }));

    static string PairOf(byte? before, byte? after) =>
        before is null ? $"new, {BookWords.Indicator(after)}:"
            : after is null ? "ended:"
            : $"{BookWords.Indicator(before)} -> {BookWords.Indicator(after)}:";

    static string Listed<T>(List<T> codes, int most) =>
        string.Join(' ', codes.Take(most)) + (codes.Count > most ? $" and {Number(codes.Count - most)} more" : "");

    static void WriteIndicator(ReadOnlySpan<byte> name, byte? indicator, Utf8JsonWriter json)
    {
        if (indicator is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    Section OfAddOns() => Of("addOns", "Add-on codes", diff.Each(code => Books.AddOn(code)).Select(c =>
    {
        Code[] old = c.Before?.Parents ?? [], now = c.After?.Parents ?? [];
        List<Code> added = [.. now.Except(old).Order()], gone = [.. old.Except(now).Order()];
        return new Item(c.Code.ToString(), diff.IsInjection(c.Code), 1,
            all => AddOnOf(c, added, gone, all ? int.MaxValue : MostPartners), json =>
            {
                WriteIndicator("typeBefore"u8, (byte?)c.Before?.Type, json);
                WriteIndicator("typeAfter"u8, (byte?)c.After?.Type, json);
                WriteCodes("added"u8, added, json);
                WriteCodes("ended"u8, gone, json);
            });
    }));

    static string AddOnOf(Changed<AddOnParents> changed, List<Code> added, List<Code> gone, int most)
    {
        var words = new List<string>();
        if (changed.Before?.Type != changed.After?.Type)
            words.Add($"type {changed.Before?.Type.ToString(CultureInfo.InvariantCulture) ?? "none"} -> "
                + $"{changed.After?.Type.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        if (added.Count > 0) words.Add("now beside " + Listed(added, most));
        if (gone.Count > 0) words.Add("no longer beside " + Listed(gone, most));
        return string.Join("; ", words);
    }

    Section OfDiagnoses() =>
        Of("diagnoses", "ICD-10-CM",
            diff.Diagnoses().Select(c => new Item(c.Code.ToDiagnosis(), false, 1, all => DiagnosisOf(c, all), json =>
                    {
                        json.WriteString("label"u8, LabelOf(c.Code));
                        json.WriteString("before"u8, BookWords.Standing(c.Before));
                        json.WriteString("after"u8, BookWords.Standing(c.After));
                        if (c.After == DiagnosisStanding.Header) WriteCodes("under"u8, Under(c.Code), json);
                    }) { IsDiagnosis = true }));

    string DiagnosisOf(DiagnosisChange change, bool all) => change.After switch
    {
        DiagnosisStanding.Valid =>
            change.Before == DiagnosisStanding.Header
                ? $"billable now: {LabelOf(change.Code)}"
                : $"new: {LabelOf(change.Code)}",
        DiagnosisStanding.Header =>
            $"a header now: {LabelOf(change.Code)}; bill "
                + $"{Listed(Under(change.Code), all ? int.MaxValue : MostPartners)}",
        _ => $"ended: {LabelOf(change.Code)}",
    };

    List<string> Under(Code header) =>
        [.. (Books.After.Diagnoses(Books.AfterDay)?.Under(header) ?? []).Select(static c => c.ToDiagnosis())];

    string LabelOf(Code code) =>
        Books.After.Diagnoses(Books.AfterDay)?.Label(code) is { Length: > 0 } label
            ? label
            : Books.Before.Diagnoses(Books.BeforeDay)?.Label(code) ?? "";

    /// <summary>What an injection practice bills stands first.</summary>
    static Section Of(string name, string title, IEnumerable<Item> items) =>
        new(name, title, [.. items.OrderByDescending(static i => i.IsInjection)]);

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static void WriteCodes<T>(ReadOnlySpan<byte> name, IEnumerable<T> codes, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var code in codes) json.WriteStringValue(code!.ToString());
        json.WriteEndArray();
    }

    /// <summary>The page.</summary>
    /// <param name="all">Show everything, not only the first of each kind.</param>
    public void Write(TextPage page, bool all)
    {
        var sections = Sections().FindAll(static s => s.Items.Count > 0);
        page.Line(page.Strong($"From {before} ({Books.Before.Version}, on {Books.BeforeDay.Iso()})"));
        page.Line(page.Strong($"to   {after} ({Books.After.Version}, on {Books.AfterDay.Iso()})"));
        if (Books.Before.Pack is null != Books.After.Pack is null)
            page.Wrap("  ", "The starter book is an excerpt: codes it does not have may be listed as new or retired.");
        var (old, now) = Books.Factor(qualifying: false);
        if (old != now)
            page.Line($"  conversion factor {Text(old)} -> {Text(now)}: every fee moves; only "
                + $"codes whose relative values changed are listed");
        if (sections.Count == 0) page.Line("  nothing differs");
        foreach (var section in sections) page.Line($"  {Number(section.Count),9}  {section.Title}");
        foreach (var section in sections) Write(page, section, all);
    }

    string LabelOf(Item item)
    {
        if (!Code.TryParse(item.Code, out var code)) return "";
        if (item.IsDiagnosis) return LabelOf(code); // D0140 is a dental code, D01.40 a diagnosis
        if (BookWords.Label(Books.After, code) is { Length: > 0 } label) return label;
        return BookWords.Label(Books.Before, code);
    }

    /// <summary>One row for each change, for a spreadsheet.</summary>
    public string ToCsv()
    {
        var rows = new StringBuilder();
        Csv.AddRow(rows, "kind", "code", "label", "injection", "change");
        foreach (var section in Sections())
            foreach (var item in section.Items)
                Csv.AddRow(rows, section.Title, item.Code, LabelOf(item), item.IsInjection ? "yes" : "no",
                    item.Text(true));
        return rows.ToString();
    }

    /// <summary>One page: how many changes there are of each kind as a plot with its table, then the first of each
    /// kind.</summary>
    public string ToHtml(bool all)
    {
        var sections = Sections().FindAll(static s => s.Items.Count > 0);
        var page = new HtmlPage($"What changed from {Books.Before.Version} to {Books.After.Version}")
            .Sentence($"{before} on {Books.BeforeDay.Iso()} against {after} on {Books.AfterDay.Iso()}.")
            .Plot("Changes by kind", ["Kind", "Changes"],
                [.. sections.Select(static s => (s.Title, (long)s.Count, Number(s.Count),
                    new[] { s.Title, Number(s.Count) }))], 1);
        foreach (var section in sections)
        {
            var shown = all ? section.Items.Count : Math.Min(section.Items.Count, MostShown);
            var title = shown < section.Items.Count ? $"{section.Title}: the first {shown}" : section.Title;
            page.Table(title, ["Code", "What it is", "Change"],
                section.Items[..shown].Select(item => new[] { item.Code, LabelOf(item), item.Text(all) }));
        }
        return page.ToString();
    }

    static string Text(decimal? factor) => factor?.ToString(CultureInfo.InvariantCulture) ?? "none";

    static void Write(TextPage page, Section section, bool all)
    {
        page.Line();
        page.Line(page.Strong(section.Title));
        var shown = all ? section.Items.Count : Math.Min(section.Items.Count, MostShown);
        foreach (var item in section.Items[..shown]) page.Wrap($"  {item.Code,-8}", item.Text(all));
        if (shown < section.Items.Count)
            page.Line($"  … and {Number(section.Items.Skip(shown).Sum(static i => i.Count))} more (--all)");
    }

    /// <summary>One object, complete.</summary>
    public void Write(Utf8JsonWriter json)
    {
        var sections = Sections();
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        WriteBook("before"u8, before, Books.Before, Books.BeforeDay, json);
        WriteBook("after"u8, after, Books.After, Books.AfterDay, json);
        json.WriteStartObject("counts"u8);
        foreach (var section in sections) json.WriteNumber(section.Name, section.Count);
        json.WriteEndObject();
        foreach (var section in sections) Write(section, json);
        json.WriteEndObject();
    }

    static void WriteBook(ReadOnlySpan<byte> name, string named, CodeBook book, DateOnly day, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteString("book"u8, named);
        json.WriteString("codeBook"u8, book.Version);
        json.WriteString("date"u8, $"{day.Iso()}");
        if (book.Factor(day, qualifying: false) is { } factor)
            json.WriteNumber("conversionFactor"u8, factor.Factor);
        else
            json.WriteNull("conversionFactor"u8);
        json.WriteEndObject();
    }

    static void Write(Section section, Utf8JsonWriter json)
    {
        json.WriteStartArray(section.Name);
        foreach (var item in section.Items)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, item.Code);
            json.WriteBoolean("injection"u8, item.IsInjection);
            item.Json(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
