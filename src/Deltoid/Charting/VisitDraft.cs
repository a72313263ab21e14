using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Charting;

/// <summary>
/// An encounter while it is put together, value by value, as a person types them. Every value is read as the
/// encounter's reader reads it before it is taken; what is not given is left out.
/// </summary>
internal sealed class VisitDraft
{
    readonly List<(ChartField Field, int Ordinal, string Text)> values = [];
    readonly int[] counts = new int[(int)ChartPart.Administration + 1];
    JsonElement billing; // undefined while there is none

    /// <summary>No fact of the visit was given yet.</summary>
    public bool IsEmpty => values.Count == 0;

    /// <summary>Begins another visit, procedure or administration; the values that follow are its.</summary>
    public void Begin(ChartPart part) => counts[(int)part]++;

    /// <summary>Forgets the administration that was begun last.</summary>
    public void Drop()
    {
        var last = counts[(int)ChartPart.Administration]--;
        values.RemoveAll(v => v.Field.Part == ChartPart.Administration && v.Ordinal == last);
    }

    /// <summary>Whether the part that was begun last has the field.</summary>
    public bool Has(ChartField field) => values.Exists(v => v.Field == field && v.Ordinal == counts[(int)field.Part]);

    /// <summary>Takes a value; of a list it adds to it.</summary>
    /// <returns>Null, or why the value is not taken and what to write instead.</returns>
    public string? Set(ChartField field, string text)
    {
        text = text.Trim();
        if (text.Length == 0) return $"{field.Option} is empty; leave it out, or write {field.Example}";
        if (field.Type.Kind != JsonKind.List && Has(field))
            return $"{field.Option} is given twice; a second --drug or --and begins the next drug";
        if (IsOfList(field.Part) && counts[(int)field.Part] == 0) Begin(field.Part);
        if (FaultOf(field, text) is { } fault) return fault;
        values.Add((field, counts[(int)field.Part], text));
        return null;
    }

    /// <summary>
    /// Takes an object of what a claim needs beyond the visit, as an encounter has it under <c>billing</c>.
    /// </summary>
    /// <exception cref="InputException">It does not read.</exception>
    public void SetBilling(ReadOnlyMemory<byte> utf8)
    {
        ClaimJson.ReadParties(utf8, new Claim());
        using var document = JsonDocument.Parse(JsonInput.WithoutMark(utf8));
        billing = document.RootElement.Clone();
    }

    static bool IsOfList(ChartPart part) => part >= ChartPart.Visit;

    /// <summary>Reads the value alone, as the encounter's reader does.</summary>
    static string? FaultOf(ChartField field, string text)
    {
        var alone = new VisitDraft();
        if (IsOfList(field.Part)) alone.Begin(field.Part);
        alone.values.Add((field, alone.counts[(int)field.Part], text));
        var words = string.Join(", ", field.Words);
        var instead = words.Length > 0 ? "one of: " + words : "write it as " + field.Example;
        try
        {
            return alone.Encounter.Unread.Count == 0 ? null : $"{field.Option} is not understood; {instead}";
        }
        catch (InputException e)
        {
            return $"{field.Option}: {e.Try}";
        }
    }

    /// <summary>The encounter that the values make so far.</summary>
    public Encounter Encounter => EncounterJson.Read(Write(withDate: true), "");

    /// <summary>
    /// What a visit cannot be coded without and is not given: who pays, a service, and of each drug its dose and route.
    /// </summary>
    /// <returns>The field, and of a drug which entry it is, from 1; 0 for the visit.</returns>
    public IReadOnlyList<(ChartField Field, int Entry)> Missing()
    {
        var missing = new List<(ChartField, int)>();
        var payer = ChartField.Named("--payer");
        if (!values.Exists(v => v.Field == payer)) missing.Add((payer, 0));
        var hasOther = counts[(int)ChartPart.Visit] + counts[(int)ChartPart.Procedure] > 0;
        var entries = Math.Max(counts[(int)ChartPart.Administration], hasOther ? 0 : 1);
        for (var i = 1; i <= entries; i++)
        {
            var isNamed = IsGiven(i, "--drug") || IsGiven(i, "--hcpcs") || IsGiven(i, "--ndc");
            if (!isNamed) missing.Add((ChartField.Named("--drug"), i));
            if (!IsGiven(i, "--dose")) missing.Add((ChartField.Named("--dose"), i));
            if (!IsGiven(i, "--route")) missing.Add((ChartField.Named("--route"), i));
        }
        return missing;
    }

    bool IsGiven(int entry, string option) => values.Exists(v => v.Ordinal == entry && v.Field.Option == option);

    /// <summary>The encounter as JSON, UTF-8, indented.</summary>
    public byte[] Write() => [.. Write(withDate: false), (byte)'\n'];

    static readonly JsonWriterOptions Readable = new() { Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    byte[] Write(bool withDate)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            var isDated = values.Exists(static v => v.Field.Name == "serviceDate");
            if (withDate && !isDated) json.WriteString("serviceDate", "2026-01-01"); // a day to read the others by
            WriteFields(json, ChartPart.Encounter, 0);
            WriteObject(json, "payer", ChartPart.Payer);
            WriteObject(json, "patient", ChartPart.Patient);
            WriteObject(json, "provider", ChartPart.Provider);
            WriteList(json, "visits", ChartPart.Visit);
            WriteList(json, "procedures", ChartPart.Procedure);
            WriteList(json, "administrations", ChartPart.Administration);
            if (billing.ValueKind == JsonValueKind.Object) json.WritePropertyName("billing");
            if (billing.ValueKind == JsonValueKind.Object) billing.WriteTo(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    void WriteObject(Utf8JsonWriter json, string name, ChartPart part)
    {
        if (!values.Exists(v => v.Field.Part == part)) return;
        json.WriteStartObject(name);
        WriteFields(json, part, 0);
        json.WriteEndObject();
    }

    void WriteList(Utf8JsonWriter json, string name, ChartPart part)
    {
        if (counts[(int)part] == 0) return;
        json.WriteStartArray(name);
        for (var i = 1; i <= counts[(int)part]; i++)
        {
            json.WriteStartObject();
            WriteFields(json, part, i);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WriteFields(Utf8JsonWriter json, ChartPart part, int ordinal)
    {
        foreach (var field in ChartField.All)
        {
            if (field.Part != part) continue;
            var texts = values.FindAll(v => v.Field == field && v.Ordinal == ordinal);
            if (texts.Count == 0) continue;
            json.WritePropertyName(field.Name);
            if (field.Type.Kind == JsonKind.List) WriteItems(json, texts);
            else WriteValue(json, field.Type, texts[0].Text);
        }
    }

    static void WriteItems(Utf8JsonWriter json, List<(ChartField Field, int Ordinal, string Text)> texts)
    {
        json.WriteStartArray();
        foreach (var (_, _, text) in texts)
            foreach (var item in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
                json.WriteStringValue(item);
        json.WriteEndArray();
    }

    /// <summary>
    /// A number, a yes, a day or a word as JSON has them, where the field takes one; otherwise the text as it was
    /// typed.
    /// </summary>
    static void WriteValue(Utf8JsonWriter json, JsonType type, string text)
    {
        if (Takes(type, JsonKind.Flag) && YesOrNo(text) is { } answer) json.WriteBooleanValue(answer);
        else if (Takes(type, JsonKind.Whole) && int.TryParse(text, NumberStyles.None, Plain, out var whole))
            json.WriteNumberValue(whole);
        else if (Takes(type, JsonKind.Number)
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, Plain, out var number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(Written(type, text));
    }

    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>3/2/2026 as 2026-03-02; a synonym as its word.</summary>
    static string Written(JsonType type, string text)
    {
        if (type.Kind == JsonKind.Day
            && DateOnly.TryParseExact(text, "M/d/yyyy", Plain, DateTimeStyles.None, out var day))
            return day.ToString("yyyy-MM-dd", Plain);
        return type.Words?.WrittenFormOf(text) is { Length: > 0 } word ? word : text;
    }

    static bool Takes(JsonType type, JsonKind kind) =>
        type.Kind == kind || (type.Kind == JsonKind.Either && type.Of.Any(t => t.Kind == kind));

    static bool? YesOrNo(string text) => text.ToUpperInvariant() switch
    {
        "Y" or "YES" or "TRUE" => true,
        "N" or "NO" or "FALSE" => false,
        _ => null,
    };
}
