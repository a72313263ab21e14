using System.Globalization;
using System.Text.Json;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Reads facts of the record: a closed vocabulary, so an unknown fact or field is refused by its name.
/// </summary>
internal static class RecordJson
{
    const int MostLine = 999;

    /// <summary>One fact: an object for each kind, known by the name under fact.</summary>
    internal static readonly JsonType RecordType = JsonType.Either(
        [.. FactKinds.Shipped.All.Select(static k => JsonType.Object($"fact-{k.Name}", k.Names))]);

    /// <summary>Reads a list of facts.</summary>
    /// <param name="at">The JSON pointer of the list.</param>
    public static List<RecordFact> Read(ref JsonInput json, string at)
    {
        var facts = new List<RecordFact>();
        for (json.EnterArray(); json.NextItem();)
            facts.Add(ReadFact(ref json, string.Create(CultureInfo.InvariantCulture, $"{at}/{facts.Count}")));
        return facts;
    }

    static RecordFact ReadFact(ref JsonInput json, string at)
    {
        var kind = KindOf(json);
        var (isSo, lines, values, seen) = (true, Array.Empty<int>(), new FactValue?[kind.Fields.Length], 0UL);
        var where = "";
        json.EnterObject();
        while (json.NextField(kind.Names, ref seen, out var name))
            switch (name)
            {
                case "fact": break;
                case "is": isSo = json.Bool(); break;
                case "lines": lines = ReadLines(ref json); break;
                case "where": where = json.Text(); break; // for people
                default:
                    var index = Array.FindIndex(kind.Fields, f => f.Name == name);
                    values[index] = ReadValue(ref json, kind.Fields[index]);
                    break;
            }
        for (var i = 0; isSo && i < values.Length; i++)
            if (values[i] is null && kind.Fields[i].IsRequired)
                throw json.Missing(kind.Fields[i].Name, $"the fact {kind.Name} is of no use without it");
        return new(kind, isSo, lines, values, at) { Where = where };
    }

    /// <summary>The kind that an object names; the reader is a copy, so the object is read again.</summary>
    static FactKind KindOf(JsonInput json)
    {
        var seen = new HashSet<string>();
        for (json.EnterObject("{ \"fact\": \"note-signed\", \"on\": \"2026-03-02\" }"); json.NextName(seen);)
        {
            var isKind = json.TextBytes().SequenceEqual("fact"u8);
            json.AdvanceToValue();
            if (!isKind)
            {
                json.Skip();
                continue;
            }
            var name = json.Text();
            if (FactKinds.Shipped.Find(name) is { } kind) return kind;
            var near = FactKinds.Shipped.NearestTo(name);
            // a name that looks like one of ours is no patient's
            var shown = name.Length <= 40 && name.All(static c => char.IsAsciiLetterLower(c) || c == '-');
            throw json.Wrong(shown ? $"'{name}' is no fact of the record" : "this is no fact of the record",
                near.Length > 0
                    ? $"did you mean {near}?"
                    : $"one of: {string.Join(", ", FactKinds.Shipped.All.Select(static k => k.Name))}");
        }
        throw json.Missing("fact", "name the fact, such as authorization-on-file");
    }

    static int[] ReadLines(ref JsonInput json)
    {
        var lines = new List<int>();
        for (json.EnterArray(); json.NextItem();) lines.Add(json.Whole(1, MostLine));
        return [.. lines];
    }

    static FactValue ReadValue(ref JsonInput json, FactField field)
    {
        switch (field.Type)
        {
            case FactType.Day:
                var day = json.Date() ?? throw json.Wrong("this is not a date", LooseDay.Usual);
                return new(day.Iso(), day);
            case FactType.Days:
            case FactType.Codes:
            case FactType.Texts:
            case FactType.Words:
                return ReadItems(ref json, field);
            case FactType.Moment: return ReadMoment(ref json);
            case FactType.Code: return new(CodeOf(ref json));
            case FactType.Number:
                var number = json.Number();
                return new(number.ToString(CultureInfo.InvariantCulture), Number: number);
            case FactType.Money:
                var money = json.Money();
                return new(money.ToString(), Number: money.Dollars);
            case FactType.Flag: return new(json.Bool() ? "true" : "false");
            case FactType.Ndc:
                return Ndc.TryParse(json.TextBytes(), out var ndc)
                    ? new(ndc.ToString())
                    : throw json.Wrong("this is not an NDC", "write 11 digits, or 5-4-2 with hyphens");
            case FactType.Word: return new(WordOf(ref json, field));
            default: return new(json.Text());
        }
    }

    static FactValue ReadItems(ref JsonInput json, FactField field)
    {
        var items = new List<string>();
        for (json.EnterArray(); json.NextItem();)
            items.Add(field.Type switch
            {
                FactType.Days => (json.Date() ?? throw json.Wrong("this is not a date", LooseDay.Usual)).Iso(),
                FactType.Codes => CodeOf(ref json),
                FactType.Words => WordOf(ref json, field),
                _ => json.Text(),
            });
        return new(string.Join(", ", items), Items: [.. items]);
    }

    static string CodeOf(ref JsonInput json)
    {
        var code = json.Code();
        return code.IsNone ? throw json.Wrong("a code is due", "write the code") : code.ToString();
    }

    static string WordOf(ref JsonInput json, FactField field)
    {
        var text = json.Text();
        return Array.IndexOf(field.Words, text) >= 0
            ? text
            : throw json.Wrong($"this is no {field.Name} known here", $"one of: {string.Join(", ", field.Words)}");
    }

    /// <summary>A day, or a day and a time: <c>2026-07-15T08:50</c>.</summary>
    static FactValue ReadMoment(ref JsonInput json)
    {
        if (json.Kind is not JsonTokenType.String) throw json.Due("a date", "\"2026-07-15T08:50\"");
        var text = json.Text();
        var day = text.Length >= 10 && Days.TryRead(text.AsSpan(0, 10), out var read) ? read : default;
        if (day == default || (text.Length > 10 && (text[10] != 'T' || !TimeOnly.TryParseExact(text.AsSpan(11), "HH:mm",
            CultureInfo.InvariantCulture, DateTimeStyles.None, out _))))
            throw json.Wrong("this is not a date, nor a date and a time", "write 2026-07-15 or 2026-07-15T08:50");
        return new(text, day);
    }
}
