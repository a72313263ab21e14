using System.Text.Json;

namespace Deltoid.Fhir;

/// <summary>The small shapes that every resource is written with.</summary>
static class FhirJson
{
    extension(Utf8JsonWriter json)
    {
        /// <summary>Codes that say one thing, each of its own system, inside an object that is open.</summary>
        public void Coding(params ReadOnlySpan<(string System, string Code)> codes)
        {
            json.WriteStartArray("coding");
            foreach (var (system, code) in codes)
            {
                json.WriteStartObject();
                json.WriteString("system", system);
                json.WriteString("code", code);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        public void Concept(string name, string system, string code)
        {
            json.WriteStartObject(name);
            json.Coding((system, code));
            json.WriteEndObject();
        }

        /// <param name="to">The address of another resource.</param>
        public void Reference(string name, string to)
        {
            json.WriteStartObject(name);
            json.WriteString("reference", to);
            json.WriteEndObject();
        }

        /// <param name="amount">Dollars as a number: 12.50.</param>
        public void Dollars(string name, string amount)
        {
            json.WriteStartObject(name);
            json.WritePropertyName("value");
            json.WriteRawValue(amount);
            json.WriteString("currency", "USD");
            json.WriteEndObject();
        }

        /// <summary>Something that must be there and is not known.</summary>
        public void Absent()
        {
            json.WriteStartArray("extension");
            json.WriteStartObject();
            json.WriteString("url", FhirSystems.AbsentReason);
            json.WriteString("valueCode", "unknown");
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }
}
