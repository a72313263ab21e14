using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Encounters;

namespace Deltoid.Store;

/// <summary>The documents of the store, as the engine reads and writes them.</summary>
public static class Documents
{
    /// <exception cref="Values.InputException">It is no encounter JSON.</exception>
    public static Encounter Visit(string document) => EncounterJson.Read(Encoding.UTF8.GetBytes(document), "");

    /// <exception cref="Values.InputException">It is no claim JSON.</exception>
    public static Claim Claim(string document)
    {
        var claim = new Claim();
        ClaimJson.Read(Encoding.UTF8.GetBytes(document), claim);
        return claim;
    }

    public static string Of(Claim claim)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer)) ClaimJson.Write(claim, json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
