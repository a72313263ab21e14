using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>
/// What another program, such as a language model, proposes to read from a note. Each proposal meets the same checks as
/// our own values: its words are at its place, its value is what those words say, it fills what is empty, and the
/// words are not among those that were set aside.
/// </summary>
internal sealed class Proposals(NoteReading reading, Lexicon lexicon)
{
    /// <summary>How many were kept and dropped.</summary>
    public (int Kept, int Dropped) Count { get; private set; }

    /// <summary>Takes a list of evidence entries, or one entry a line.</summary>
    /// <exception cref="InputException">It is no JSON.</exception>
    public void Take(ReadOnlyMemory<byte> answer)
    {
        try
        {
            var reader = new Utf8JsonReader(answer.Span,
                new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 16 });
            while (reader.Read())
            {
                using var document = JsonDocument.ParseValue(ref reader);
                TakeAll(document.RootElement);
            }
        }
        catch (JsonException e)
        {
            throw new InputException($"line {e.LineNumber + 1}", "the program that proposes did not print JSON",
                "print one evidence entry a line, or a list");
        }
    }

    void TakeAll(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var each in element.EnumerateArray()) TakeAll(each);
        else if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("evidence", out var list))
            TakeAll(list);
        else Count = IsTaken(element) ? (Count.Kept + 1, Count.Dropped) : (Count.Kept, Count.Dropped + 1);
    }

    bool IsTaken(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !TryText(entry, "path", out var path)
            || !TryText(entry, "quote", out var quote)
            || !entry.TryGetProperty("value", out var value) || !TryPlace(entry, "start", out var start)
            || !TryPlace(entry, "end", out var end))
            return false;
        if (start < 0 || end <= start || end > reading.Text.Length
            || !reading.Text.AsSpan(start, end - start).SequenceEqual(quote)) return false;
        if (reading.Facts.Exists(f => f.Path == path) || reading.Ignored.Exists(i => start < i.End && end > i.Start))
            return false;
        if (reading.Questions.Exists(q => q.Path == path && q.Quotes.Length > 0)) return false;
        if (!HasPlace(path, out var field) || Checked(field, value, quote) is not { } what) return false;
        reading.Facts.Add(new(path, what, start, end, "model"));
        reading.Questions.RemoveAll(q => q.Path == path);
        return true;
    }

    static bool TryText(JsonElement entry, string name, out string text)
    {
        text = entry.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length > 0;
    }

    static bool TryPlace(JsonElement entry, string name, out int place)
    {
        place = 0;
        return entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out place);
    }

    /// <summary>A field of an entry that is there, of the next one if it names a drug, or of the visit.</summary>
    bool HasPlace(string path, out string field)
    {
        field = "";
        var parts = path.Split('/');
        if (parts is not ["", "administrations", var number, var name])
        {
            field = path;
            return path is "/serviceDate" or "/patient/birthDate" or "/patient/sex" or "/provider/role"
                or "/provider/supervision";
        }
        field = name;
        if (!int.TryParse(number, System.Globalization.NumberStyles.None, null, out var index)) return false;
        var count = reading.Facts.Count(static f => f.Path.StartsWith("/administrations/", StringComparison.Ordinal)
            && f.Path.EndsWith("/drug", StringComparison.Ordinal));
        return index < count || (index == count && name == "drug");
    }

    /// <summary>The value, where the words say just that; null where they do not.</summary>
    object? Checked(string field, JsonElement value, string quote)
    {
        var said = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
        if (said.Length == 0) return null;
        var text = new NoteText(quote);
        var hidden = new Hidden(text, lexicon);
        if (hidden.Parts.Count > 0) return null;
        var pieces = new Scan(text, lexicon, hidden).Pieces;
        bool Has(Bit kind) => pieces.Exists(p => p.Kind == kind
            && p.Value.Equals(said, StringComparison.OrdinalIgnoreCase));
        return field switch
        {
            "drug" => lexicon.Drugs.Find(text) is [var mention]
                && mention.Name.Equals(said, StringComparison.OrdinalIgnoreCase)
                ? mention.Name : null,
            "dose" or "volume" or "containerAmount" or "discarded" => Has(Bit.Amount) ? said : null,
            "concentration" => Has(Bit.Strength) || Has(Bit.Percent) ? said : null,
            "route" => Has(Bit.Route) ? said : null,
            "site" => Has(Bit.Site) ? said : null,
            "container" => Has(Bit.Container) ? said : null,
            "source" => Has(Bit.Source) ? said : null,
            "ndc" => Has(Bit.Ndc) ? said : null,
            "lot" => Has(Bit.Lot) || quote == said ? said : null,
            "expires" => Has(Bit.Expiry) || (Calendar.TryExpiry(text, 0, lexicon.Words, out var expires, out _)
                && expires == said) ? said : null,
            "start" or "stop" => Calendar.TryTime(text, 0, true, out var time, out _) && time == said ? said : null,
            "observed" or "minutes" => pieces.Find(static p => p.Kind == Bit.Minutes) is { } minutes
                && minutes.Value == said ? minutes.Number : null,
            "response" or "indication" or "needle" or "instructions" or "witness" or "whyNotOral" =>
                quote.Contains(said, StringComparison.OrdinalIgnoreCase) ? said : null,
            "/serviceDate" or "/patient/birthDate" => Has(Bit.Date) ? said : null,
            "/patient/sex" => Has(Bit.Sex) ? said : null,
            "/provider/role" => Has(Bit.Person) ? said : null,
            "/provider/supervision" => Has(Bit.Supervision) ? said : null,
            _ => null,
        };
    }
}
