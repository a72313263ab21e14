using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Pricing;
using Deltoid.Remits;
using Deltoid.Values;
using Deltoid.X12.Inquiries;

namespace Deltoid.Results;

/// <summary>
/// JSON Schemas (2020-12) of what Deltoid reads and writes, made from the rows that its readers go by.
/// </summary>
public static class Schemas
{
    static readonly (string Name, string Says, Func<JsonType> Type)[] All =
    [
        ("encounter",
            "One visit as charted: what code reads. What is left out, or "
                + "null, is not charted; nothing is filled in.", static () => EncounterJson.EncounterType),
        ("claim", "One claim: what code returns under claim, what scrub and emit take, what read writes of an 837.",
            static () => ClaimJson.ClaimType),
        ("result", "One object of code --json, or one line of scrub --jsonl.", static () => ResultFields.ResultType),
        ("finding",
            "One finding. A line of scrub --jsonl leaves out name, predicts "
                + "and citation: they are in the catalogue.", static () => ResultFields.FindingType),
        ("remittance", "What read writes of an 835, and emit takes.", static () => RemittanceJson.RemittanceType),
        ("denied-claim", "A claim with what came back and what is known: what remit and letter take.",
            static () => DeniedClaimJson.DeniedClaimType),
        ("resolution", "What remit answers to a denied claim.", static () => ResolutionFields.ResolutionType),
        ("remit", "What remit --json writes of a file of remittances (835).", static () => RemitFields.RemitType),
        ("claim-status", "What read writes of a 277CA.", static () => ClaimStatusJson.OutputType),
        ("acknowledgment", "What read writes of a 999 or a TA1.", static () => AcknowledgmentJson.OutputType),
        ("eligibility-inquiry", "What read writes of a 270, and emit takes.",
            static () => InquiryJson.TypeOf(InquirySets.EligibilityInquiry)),
        ("eligibility", "What read writes of a 271, and emit takes.",
            static () => InquiryJson.TypeOf(InquirySets.EligibilityAnswer)),
        ("claim-status-inquiry", "What read writes of a 276, and emit takes.",
            static () => InquiryJson.TypeOf(InquirySets.StatusInquiry)),
        ("claim-status-answer", "What read writes of a 277 (X212), and emit takes.",
            static () => InquiryJson.TypeOf(InquirySets.StatusAnswer)),
        ("contracts", "What payers agreed to pay, by payer id or name: what remit and report take as --contracts.",
            static () => ContractJson.FileType),
    ];

    /// <summary>The names of the schemas.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(All, static s => s.Name);

    /// <summary>The types by the names of their schemas; of docs and tests.</summary>
    internal static JsonType TypeOf(string name) => Array.Find(All, s => s.Name == name).Type();

    /// <summary>Writes a schema, indented.</summary>
    /// <exception cref="ArgumentException">There is no schema of that name.</exception>
    public static void Write(string name, IBufferWriter<byte> target)
    {
        var schema = Array.Find(All, s => s.Name == name);
        if (schema.Name is null) throw new ArgumentException($"there is no schema of the name {name}", nameof(name));
        using var json = new Utf8JsonWriter(target,
            new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.WriteString("$id", $"urn:deltoid:schema:{name}:{ResultJson.Version}");
        json.WriteString("title", name);
        json.WriteString("description", schema.Says);
        var parts = new List<JsonType>();
        var root = schema.Type();
        if (root.Kind == JsonKind.Object) WriteFields(root.Fields!, json, parts);
        else WriteType(root, json, parts, orNull: false);
        WriteParts(parts, json);
        json.WriteEndObject();
        json.Flush();
        target.Write("\n"u8);
    }

    /// <summary>The objects that are named by reference; writing one may name others.</summary>
    static void WriteParts(List<JsonType> parts, Utf8JsonWriter json)
    {
        if (parts.Count == 0) return;
        json.WriteStartObject("$defs");
        for (var i = 0; i < parts.Count; i++)
        {
            json.WriteStartObject(NameOf(parts[i], parts));
            WriteFields(parts[i].Fields!, json, parts);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>The name of a part: a second object of the same name in one schema gets a number.</summary>
    static string NameOf(JsonType type, List<JsonType> parts)
    {
        var alike = parts.FindAll(p => p.Name == type.Name);
        var at = alike.FindIndex(p => p.Fields == type.Fields);
        return at <= 0 ? type.Name : string.Create(CultureInfo.InvariantCulture, $"{type.Name}{at + 1}");
    }

    static void WriteFields(FieldNames fields, Utf8JsonWriter json, List<JsonType> parts)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var field in fields.Fields)
        {
            json.WriteStartObject(field.Name);
            json.WriteString("description", Described(field, fields));
            WriteNullable(field, fields, json, parts);
            if (field.Example.Length > 0) WriteExample(field, json);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        if (fields.Fields.Any(static f => f.Required))
        {
            json.WriteStartArray("required");
            foreach (var field in fields.Fields)
                if (field.Required) json.WriteStringValue(field.Name);
            json.WriteEndArray();
        }
        json.WriteBoolean("additionalProperties", false);
    }

    static string Described(JsonField field, FieldNames fields) =>
        field.Required ? field.Says : $"{field.Says} {(fields.IsReadBack ? "Left out" : "If absent")}: {field.Left}.";

    static void WriteExample(JsonField field, Utf8JsonWriter json)
    {
        json.WriteStartArray("examples");
        using var example = JsonDocument.Parse(field.Example);
        example.RootElement.WriteTo(json);
        json.WriteEndArray();
    }

    /// <summary>
    /// A reader of ours takes a null for an absent field; a written field is null only where its row says so.
    /// </summary>
    static void WriteNullable(JsonField field, FieldNames fields, Utf8JsonWriter json, List<JsonType> parts)
    {
        var orNull = field.OrNull || (fields.IsReadBack && !field.Required);
        var isOneWord = KindOf(field.Type).Length > 0 || field.Type is { Kind: JsonKind.Word, IsLenient: false };
        if (!orNull || isOneWord)
        {
            WriteType(field.Type, json, parts, orNull);
            return;
        }
        json.WriteStartArray("anyOf");
        foreach (var type in field.Type.Kind == JsonKind.Either ? field.Type.Of : [field.Type])
            if (type.IsLenient) WriteWords(type, json);
            else WriteItem(type, json, parts);
        json.WriteStartObject();
        json.WriteString("type", "null");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    static void WriteItem(JsonType type, Utf8JsonWriter json, List<JsonType> parts)
    {
        json.WriteStartObject();
        WriteType(type, json, parts, orNull: false);
        json.WriteEndObject();
    }

    /// <summary>
    /// The type of JSON Schema that a field of this kind has; empty where it takes more than one word to say.
    /// </summary>
    static string KindOf(JsonType type) => type.Kind switch
    {
        JsonKind.Text or JsonKind.Day => "string",
        JsonKind.Flag => "boolean",
        JsonKind.Whole => "integer",
        JsonKind.Number => "number",
        JsonKind.List => "array",
        JsonKind.Map or JsonKind.Open => "object",
        _ => "",
    };

    static void WriteType(JsonType type, Utf8JsonWriter json, List<JsonType> parts, bool orNull)
    {
        if (KindOf(type) is { Length: > 0 } kind) WriteKind(kind, json, orNull);
        if (type.Kind == JsonKind.Zero) json.WriteNumber("const", 0);
        if (type.Pattern.Length > 0) json.WriteString("pattern", type.Pattern);
        if (type.Kind == JsonKind.Day) json.WriteString("format", "date");
        if (type.Least is { } least) json.WriteNumber("minimum", least);
        if (type.Step.Length > 0)
        {
            json.WritePropertyName("multipleOf");
            json.WriteRawValue(type.Step);
        }
        if (type.Kind is JsonKind.List or JsonKind.Map)
        {
            json.WritePropertyName(type.Kind == JsonKind.List ? "items" : "additionalProperties");
            WriteItem(type.Of[0], json, parts);
        }
        if (type.Kind == JsonKind.Word && !type.IsLenient) WriteChoices(type, json, orNull);
        if (type.Kind == JsonKind.Word && type.IsLenient || type.Kind == JsonKind.Either) WriteAny(type, json, parts);
        if (type.Kind == JsonKind.Object) WriteReference(type, json, parts);
    }

    static void WriteKind(string kind, Utf8JsonWriter json, bool orNull)
    {
        if (!orNull)
        {
            json.WriteString("type", kind);
            return;
        }
        json.WriteStartArray("type");
        json.WriteStringValue(kind);
        json.WriteStringValue("null");
        json.WriteEndArray();
    }

    static void WriteAny(JsonType type, Utf8JsonWriter json, List<JsonType> parts)
    {
        json.WriteStartArray("anyOf");
        if (type.IsLenient) WriteWords(type, json);
        else
            foreach (var one in type.Of) WriteItem(one, json, parts);
        json.WriteEndArray();
    }

    static void WriteReference(JsonType type, Utf8JsonWriter json, List<JsonType> parts)
    {
        if (!parts.Exists(p => p.Fields == type.Fields)) parts.Add(type);
        json.WriteString("$ref", "#/$defs/" + NameOf(type, parts));
    }

    /// <summary>The words themselves, and any other text: a synonym, or a word that is not understood.</summary>
    static void WriteWords(JsonType type, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteChoices(type, json, orNull: false);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "string");
        const string Synonym = "A synonym, in any case, with blanks or hyphens. A word not "
            + "understood is reported, and counts as not charted.";
        json.WriteString("description", Synonym);
        json.WriteEndObject();
    }

    static void WriteChoices(JsonType type, Utf8JsonWriter json, bool orNull)
    {
        json.WriteStartArray("enum");
        foreach (var word in type.Words?.All ?? type.Choices) json.WriteStringValue(word);
        if (orNull) json.WriteNullValue();
        json.WriteEndArray();
    }
}
