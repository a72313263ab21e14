using System.Globalization;
using System.Text;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Results.Letters;

/// <summary>
/// Facts of the record as sentences (<c>statements.tsv</c>): <c>{field}</c> is what the fact says, <c>{flag?yes|no}</c>
/// words for a flag, and a part in brackets is left out where a field in it is not said.
/// </summary>
internal sealed class FactStatements
{
    sealed record Row(string Yes, string No, string Encloses, string Label);

    static readonly Lazy<FactStatements> shipped = new(static () => new());

    readonly Dictionary<string, Row> byFact = [];

    FactStatements()
    {
        var rows = ShippedRows.Open("rules/statements.tsv");
        int fact = rows.Column("fact"), yes = rows.Column("yes"), no = rows.Column("no"),
            encloses = rows.Column("encloses"), label = rows.Column("label");
        while (rows.Next())
        {
            if (FactKinds.Shipped.Find(rows[fact].ToString()) is null) throw rows.Wrong(fact, "is no fact");
            byFact.Add(rows[fact].ToString(), new(rows[yes].ToString(), rows[no].ToString(),
                rows[encloses].ToString(), rows[label].ToString()));
        }
    }

    public static FactStatements Shipped => shipped.Value;

    /// <summary>What people call a fact: <c>the lab's CLIA certificate</c>.</summary>
    public string LabelOf(string fact) =>
        byFact.TryGetValue(fact, out var row) ? row.Label : fact.Replace('-', ' ');

    /// <summary>The kinds of facts that have a sentence.</summary>
    public IReadOnlyCollection<string> Facts => byFact.Keys;

    /// <summary>What a fact says, and where it is.</summary>
    public Statement Of(RecordFact fact)
    {
        var row = byFact[fact.Kind.Name];
        return new(Filled(fact.Is ? row.Yes : row.No, fact) ?? Bare(fact), fact.At, Whereabouts.Of(fact));
    }

    /// <summary>The document that shows a fact; empty where none is sent, and of what is known not to be.</summary>
    public string EnclosureOf(RecordFact fact) => fact.Is ? byFact[fact.Kind.Name].Encloses : "";

    /// <summary>A fact whose sentence needs a field that is not said: "not so" of nothing in particular.</summary>
    static string Bare(RecordFact fact) =>
        $"{(fact.Is ? "On record" : "Not on record")}: {fact.Kind.Name.Replace('-', ' ')}.";

    /// <summary>The template with its fields; null where one is not said outside of brackets.</summary>
    static string? Filled(ReadOnlySpan<char> template, RecordFact fact)
    {
        var text = new StringBuilder();
        while (!template.IsEmpty)
        {
            var mark = template.IndexOfAny('[', '{');
            if (mark < 0) break;
            text.Append(template[..mark]);
            var isPart = template[mark] == '[';
            var end = mark + (isPart ? EndOfPart(template[mark..]) : template[mark..].IndexOf('}'));
            var inside = template[(mark + 1)..end];
            if (isPart) text.Append(Filled(inside, fact));
            else if (ValueOf(inside, fact) is { } value) text.Append(value);
            else return null;
            template = template[(end + 1)..];
        }
        return text.Append(template).ToString();
    }

    static int EndOfPart(ReadOnlySpan<char> text) => text.IndexOf(']');

    static string? ValueOf(ReadOnlySpan<char> name, RecordFact fact)
    {
        var flag = name.IndexOf('?');
        var field = (flag < 0 ? name : name[..flag]).ToString();
        if (fact[field] is not { } value) return null;
        if (fact.Kind.Name == "diagnosis-documented" && field == "codes") return Dotted(value);
        if (flag < 0) return Said(fact.Kind.Field(field)!, value);
        var words = name[(flag + 1)..].ToString().Split('|');
        return value.Flag ? words[0] : words[1];
    }

    static readonly Dictionary<string, string> Acronyms = new()
    {
        ["abn"] = "advance beneficiary notice (ABN)", ["awv"] = "wellness visit", ["np"] = "nurse practitioner",
        ["pa"] = "physician assistant", ["ma"] = "medical assistant", ["277ca"] = "277CA",
        ["sad"] = "self-administered drugs",
        ["vfc"] = "Vaccines for Children", ["340b"] = "340B", ["snf-part-a"] = "nursing home, Part A",
        ["ppm"] = "provider-performed microscopy", ["part-d"] = "Part D",
        ["part-b-preventive"] = "Part B preventive service",
    };

    /// <summary>Diagnoses as people write them: D51.0.</summary>
    static string Dotted(FactValue value) =>
        string.Join(", ", value.All.Select(static code => Code.Of(code).ToDiagnosis()));

    static string Said(FactField field, FactValue value) => field.Type switch
    {
        FactType.Codes when field.Name is "diagnoses" => Dotted(value),
        FactType.Word or FactType.Words => string.Join(", ", value.All.Select(static word =>
            Acronyms.GetValueOrDefault(word) ?? word.Replace('-', ' '))),
        FactType.Day => LongDay(value.Day),
        FactType.Days => string.Join(", ", value.All.Select(static day =>
            Days.TryRead(day, out var read) ? LongDay(read) : day)),
        FactType.Moment => value.Text is [.., _, _, ':', _, _] at ? $"{LongDay(value.Day)} at {at[^5..]}"
            : LongDay(value.Day),
        FactType.Money => Dollars.Of(value.Amount),
        FactType.Codes or FactType.Texts => string.Join(", ", value.All),
        _ => value.Text,
    };

    /// <summary>A day as letters write it: <c>July 6, 2026</c>.</summary>
    public static string LongDay(DateOnly day) => day.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);
}
