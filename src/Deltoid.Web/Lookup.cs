using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Pricing;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>A line of what was found.</summary>
/// <param name="Name">What its page is asked by: a code, a drug, an NDC, the name of an edit.</param>
/// <param name="Ended">When it was in force and what follows it; empty for what is in force.</param>
public sealed record FoundLine(string Kind, string Name, string Label, string Ended, string Path);

/// <summary>A word of a text, with the page that it leads to.</summary>
public sealed record LinkedText(string Text, string? Path);

/// <summary>A fact of a page; a section's first fact opens it.</summary>
public sealed record FoundFact(string Section, string Name, IReadOnlyList<LinkedText> Text);

/// <summary>What is known of one thing.</summary>
/// <param name="Units">Codes of it that have a billing unit on the day: they are shown with a calculator.</param>
/// <param name="Priced">The code that can be priced; empty for what is none.</param>
public sealed record FoundPage(string Kind, string Id, string Title, IReadOnlyList<FoundFact> Facts,
    IReadOnlyList<string> Units, string Priced, string Help);

/// <summary>Codes, drugs and brands, packages, diagnoses, edits: found as one types, and a page for each.</summary>
static partial class Lookup
{
    const int Most = 12, MostEdits = 5;

    /// <summary>The best of what matches, from the first character on.</summary>
    public static List<FoundLine> Find(CodeBook book, string text, DateOnly day)
    {
        var lines = new List<FoundLine>();
        foreach (var hit in book.Search.Find(text, day, Most)) lines.Add(Line(hit, day));
        foreach (var info in EditsLike(text))
            lines.Add(new("edit", info.Name, FindingHelp.Open(info.Message), "", $"/help/{info.Name}"));
        return lines;
    }

    static FoundLine Line(CodeHit hit, DateOnly day)
    {
        var name = hit.Ndc.Length == 11 ? $"{hit.Ndc.AsSpan(0, 5)}-{hit.Ndc.AsSpan(5, 4)}-{hit.Ndc.AsSpan(9)}"
            : hit.Kind == FindKind.Diagnosis ? hit.Code.ToDiagnosis() : hit.Code.ToString();
        var label = hit.Label.Length > 0 ? hit.Label : "no label in this code book";
        if (hit.Ndc.Length > 0 && !hit.Code.IsNone) label = $"{label} → {hit.Code}";
        if (hit.IsHeader) label += " (a header: more characters are needed)";
        return new(KindOf(hit.Kind), name, label, hit.IsInForce ? "" : Ended(hit, day), PathOf(name, day));
    }

    static string KindOf(FindKind kind) => kind switch
    {
        FindKind.Drug => "drug", FindKind.Diagnosis => "diagnosis", FindKind.Package => "NDC",
        FindKind.Modifier => "modifier", _ => "code",
    };

    static string Ended(CodeHit hit, DateOnly day)
    {
        var when = hit.Dates.Thru is { } last && last < day ? $"ended {AsShown.Day(last)}"
            : hit.Dates.From is { } first && first > day ? $"starts {AsShown.Day(first)}"
            : $"not in force on {AsShown.Day(day)}";
        return hit.Successors.Count == 0 ? when : $"{when} → {string.Join(", ", hit.Successors)}";
    }

    static IEnumerable<FindingInfo> EditsLike(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words.All(static w => w.Length < 3)) return [];
        return FindingHelp.OfClaims(Shipped.Edits).Concat(Coding.CodingFindings.All)
            .Where(info => info.Id.StartsWith(text.Trim(), StringComparison.OrdinalIgnoreCase)
                || words.All(word => info.Name.Contains(word, StringComparison.Ordinal)))
            .DistinctBy(static info => info.Name).Take(MostEdits);
    }

    /// <summary>The page that answers for a name on a day.</summary>
    public static string PathOf(string name, DateOnly day) =>
        $"/lookup?of={Uri.EscapeDataString(name)}&date={day.Iso()}";

    /// <summary>All that a name can mean, the likeliest first; empty when nothing is called so.</summary>
    public static List<FoundPage> Pages(CodeBook book, string asked, DateOnly day) =>
        new Explainer(book, Shipped.Edits, day, static _ => "").Of(asked).Select(sheet => Page(book, sheet, day))
            .ToList();

    /// <summary>Names near one that nothing has.</summary>
    public static IReadOnlyList<string> Near(CodeBook book, string asked, DateOnly day) =>
        new Explainer(book, Shipped.Edits, day, static _ => "").Suggest(asked);

    static FoundPage Page(CodeBook book, FactSheet sheet, DateOnly day)
    {
        var code = sheet.Kind == "code" ? sheet.Id : "";
        return new(sheet.Kind, sheet.Id, sheet.Title,
            [.. sheet.Facts.Select(fact => new FoundFact(fact.Section, fact.Name, Linked(book, fact.Text, day)))],
            UnitCodes(book, sheet, day), code, sheet.Kind == "finding" ? $"/help/{sheet.Title}" : "");
    }

    static List<string> UnitCodes(CodeBook book, FactSheet sheet, DateOnly day)
    {
        var codes = sheet.Kind == "code" ? [Code.Of(sheet.Id)]
            : sheet.Kind == "drug" && book.DrugNamed(sheet.Id) is { } drug
                ? drug.Products.ToArray().Select(static p => p.Hcpcs).Distinct()
                : Enumerable.Empty<Code>();
        return [.. codes.Where(c => book.TryCode(c, day, out _) && book.TryUnit(c, day, out var row) && !row.IsPerDose)
            .Select(static c => c.ToString())];
    }

    [GeneratedRegex(@"\b(?:[A-Z][0-9]{4}|[0-9]{5}|[0-9]{4}[A-Z]|[A-Z]{3}[0-9]{4} [a-z0-9-]+)\b")]
    private static partial Regex Named();

    /// <summary>Codes and edits that a text names lead to their pages.</summary>
    public static IReadOnlyList<LinkedText> Linked(CodeBook book, string text, DateOnly day)
    {
        var (parts, at) = (new List<LinkedText>(), 0);
        foreach (Match match in Named().Matches(text))
        {
            if (PathOfNamed(book, match.Value, day) is not { } path) continue;
            if (match.Index > at) parts.Add(new(text[at..match.Index], null));
            parts.Add(new(match.Value, path));
            at = match.Index + match.Length;
        }
        if (at < text.Length) parts.Add(new(text[at..], null));
        return parts;
    }

    static string? PathOfNamed(CodeBook book, string named, DateOnly day)
    {
        if (named.Split(' ') is [_, var edit])
            return FindingHelp.Find(edit, Shipped.Edits) is { } info ? $"/help/{info.Name}" : null;
        return Code.TryParse(named, out var code) && book.Id(code) >= 0 && !book.Codes[book.Id(code)].IsEmpty
            ? PathOf(named, day) : null;
    }

    /// <summary>A dose in billing units of a code, with its arithmetic.</summary>
    /// <returns>The answer, or what is wrong with the question.</returns>
    public static string Units(CodeBook book, string code, string dose, DateOnly day)
    {
        if (!Code.TryParse(code, out var asked) || !book.TryUnit(asked, day, out var row))
            return $"The code book has no billing unit for this code on {AsShown.Day(day)}.";
        if (row.IsPerDose) return "One unit is one dose, whatever was given.";
        if (!Amount.TryParse(dose, out var amount)) return $"Write a dose with its unit, such as {row.Unit}.";
        if (!amount.IsComparableTo(row.Unit))
            return $"{amount} cannot be counted in units of {row.Unit}: they measure different things.";
        var exact = amount.Base / row.Unit.Base;
        var whole = decimal.Ceiling(exact);
        var counted = string.Create(CultureInfo.InvariantCulture, $"{amount} ÷ {row.Unit} = {exact:#,0.####}");
        return whole == exact
            ? string.Create(CultureInfo.InvariantCulture, $"{counted}: bill {whole:#,0} of {asked}.")
            : string.Create(CultureInfo.InvariantCulture,
                $"{counted}: bill {whole:#,0} of {asked}. A started unit counts as one.");
    }

    /// <summary>What Medicare allows for units of a code in a place, and what it rests on.</summary>
    /// <param name="locality">A city, a number as 06102-16, a ZIP code, or empty for the national amount.</param>
    public static (string Answer, IReadOnlyList<string> Notes) Price(CodeBook book, string code, string modifiers,
        string locality, string place, int units, DateOnly day)
    {
        var line = new ServiceLine { Number = 1, Date = day, Units = Quantity.Of(Math.Clamp(units, 1, 9999)) };
        if (!Code.TryParse(code, out line.Code)) return ("This is no code.", []);
        foreach (var part in modifiers.Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries).Take(4))
            if (Modifier.TryParse(part, out var modifier)) line.Modifiers = line.Modifiers.With(modifier);
            else return ($"{part} is no modifier: it has two characters.", []);
        if (place.Length != 2 || !place.All(char.IsAsciiDigit) || !Code.TryParse(place, out var at))
            return ("The place is two digits, such as 11 for an office.", []);
        if (TermsOf(book, locality, day, out var terms) is { } fault) return (fault, []);
        var price = FeeSchedule.Price(book, PayerKind.Medicare, Setting.Professional, line, at, terms);
        if (price.Amount is not { } amount) return ($"Not priced: {price.WhyText}.", []);
        List<string> notes = [price.BasisText];
        if (price.Shares is { } shares)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"patient {shares.Percent:0.###} %: ${shares.Patient}"
                + $"; Medicare ${shares.Medicare}, after the 2 % cut ${shares.AfterSequestration}"));
        notes.AddRange(NotApplied.Of(line, price).Select(static words => $"not applied: {words}"));
        return ($"${amount}", notes);
    }

    /// <returns>What is wrong, where a text means no locality or several.</returns>
    public static string? TermsOf(CodeBook book, string text, DateOnly day, out PriceTerms terms)
    {
        terms = new("", "");
        if (string.IsNullOrWhiteSpace(text)) return null;
        text = text.Trim();
        var rows = book.Localities.Where(row => row.Dates.Contains(day)).ToList();
        var found = text.Length == 5 && text.All(char.IsAsciiDigit)
            && book.TryZip(int.Parse(text, CultureInfo.InvariantCulture), day, out var zip)
                ? rows.FindAll(row => row.Mac == zip.Carrier.ToString("00000", CultureInfo.InvariantCulture)
                    && row.Number == zip.Locality.ToString("00", CultureInfo.InvariantCulture))
                : LocalitySearch.Find(rows, text);
        if (found.Count == 1)
        {
            terms = new($"{found[0].Mac}-{found[0].Number}", found[0].State);
            return null;
        }
        return found.Count == 0
            ? $"No locality on {AsShown.Day(day)} is called so. Type a city, a state or a ZIP code."
            : $"This fits {found.Count} localities: {string.Join(", ", found.Take(6).Select(static row =>
                $"{row.Mac}-{row.Number} {row.Name}"))}{(found.Count > 6 ? " …" : "")}. Type one of the numbers.";
    }
}
