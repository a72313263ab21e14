using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Charting;

/// <summary>The patient's earlier services in a file of their own.</summary>
public static partial class EncounterJson
{
    /// <summary>Reads a list of earlier services, in the shape of an encounter's <c>history</c>.</summary>
    /// <exception cref="InputException">As for <see cref="Read"/>.</exception>
    public static PatientHistory ReadHistory(ReadOnlyMemory<byte> utf8)
    {
        var json = new JsonInput(JsonInput.WithoutMark(utf8).Span);
        var history = ReadHistory(ref json, new Encounter());
        json.Close();
        return history;
    }
}
