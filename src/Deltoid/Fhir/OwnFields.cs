using System.Text;
using System.Text.Json;

namespace Deltoid.Fhir;

/// <summary>Writes the extensions of ours on FHIR's elements.</summary>
internal sealed partial class BundleWriter
{
    /// <summary>Fields of one object that R4 has no path for, in their order.</summary>
    sealed class OwnFields(BundleWriter writer)
    {
        readonly List<(string Name, FhirNode Node)> fields = [];

        /// <summary>Keeps a field; one that is null or blank is not charted.</summary>
        /// <param name="name">Its name, where it is not that of the JSON.</param>
        public void Add(FhirNode field, string name = "")
        {
            if (field.Kind is JsonTokenType.None or JsonTokenType.Null) return;
            if (field.Kind == JsonTokenType.String && string.IsNullOrWhiteSpace(field.Peek())) return;
            fields.Add((name.Length > 0 ? name : field.Name, field));
        }

        public void Write()
        {
            if (fields.Count == 0) return;
            var json = writer.json;
            json.WriteStartArray("extension");
            foreach (var (name, node) in fields)
            {
                json.WriteStartObject();
                WriteValue(json, name, node);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        static void WriteValue(Utf8JsonWriter json, string name, FhirNode node)
        {
            var isWhole = node.Kind == JsonTokenType.Number && int.TryParse(node.Peek(), out _);
            var isPlain = isWhole || node.Kind is JsonTokenType.True or JsonTokenType.False
                || (node.Kind == JsonTokenType.String && !node.Peek().Any(char.IsControl));
            json.WriteString("url", FhirSystems.Own + (isPlain ? "" : FhirSystems.OwnJson) + name);
            if (!isPlain) json.WriteString("valueString", Encoding.UTF8.GetString(node.Raw));
            else if (isWhole) json.WriteNumber("valueInteger", int.Parse(node.Peek(),
                System.Globalization.CultureInfo.InvariantCulture));
            else if (node.Kind == JsonTokenType.String) json.WriteString("valueString", node.Peek());
            else json.WriteBoolean("valueBoolean", node.Kind == JsonTokenType.True);
        }
    }

    /// <summary>A history that Procedures can hold: each service has its day and code.</summary>
    static bool IsPlainHistory(FhirNode history) => history.Items.All(static h =>
        Values.Days.TryRead(h["date"u8].Peek(), out _) && IsPlainCode(h["code"u8].Peek()));
}
