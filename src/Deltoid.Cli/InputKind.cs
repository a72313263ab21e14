using System.Text.Json;
using Deltoid.Values;
using Deltoid.X12.Inquiries;

namespace Deltoid.Cli;

/// <summary>What an input is, and the command that takes it.</summary>
/// <param name="Words">In a sentence: "a visit".</param>
sealed record InputKind(string Words, string Command)
{
    const int Looked = 64 * 1024;

    public static readonly InputKind
        Visit = new("a visit", "code"),
        Claim = new("a claim", "scrub"),
        Sent = new("an 837, claims in X12", "scrub"),
        Remittance = new("a remittance", "emit"),
        Inquiry = new("a question to a payer or its answer", "emit"),
        Answer = new("X12 without an 837", "read");

    static readonly string[]
        OfVisits = ["serviceDate", "administrations", "visits", "visit", "procedures", "provider", "counseling",
            "vascularAccesses", "billing"],
        OfClaims = ["lines", "billingProvider", "renderingProvider", "subscriber", "frequency", "charge", "deltoid",
            "claim"],
        OfRemittances = ["remittance", "payments", "payment"];

    /// <summary>What is said when another command was asked for.</summary>
    /// <param name="asked">The command that was given; <c>emit</c> takes a visit after it is coded.</param>
    public InputException WrongFor(string file, string asked)
    {
        if (asked == "emit" && this == Visit)
            return new("", $"this is {Words}, and emit takes claims",
                $"deltoid code {file} --json > claim.json, then deltoid emit claim.json");
        if (asked == "emit") return new("", $"this is {Words}, and emit takes claim JSON", $"deltoid read {file}");
        return new("", $"this is {Words}", $"deltoid {Command} {file}");
    }

    /// <summary>What a file is; null when it is none that is known, or cannot be read.</summary>
    public static InputKind? OfFile(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var start = new byte[Looked];
            return Of(start.AsSpan(0, stream.ReadAtLeast(start, Looked, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return null; }
    }

    /// <summary>By how an input begins; a JSON list by its first object.</summary>
    public static InputKind? Of(ReadOnlySpan<byte> start)
    {
        var text = (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return null;
        if (text.StartsWith("ISA"u8)) return text.IndexOf("HC*"u8) >= 0 || text.IndexOf("*837*"u8) >= 0 ? Sent : Answer;
        return text[0] is (byte)'{' or (byte)'['
            ? OfJson(text)
            : Claims.ClaimNotation.Begins(text) ? Claim : null;
    }

    static InputKind? OfJson(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, isFinalBlock: false,
            new JsonReaderState(new JsonReaderOptions { MaxDepth = 64 }));
        var (visits, claims) = (0, 0);
        try
        {
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.EndObject) break;
                if (json.TokenType != JsonTokenType.PropertyName) continue;
                var name = json.GetString() ?? "";
                if (Array.IndexOf(OfRemittances, name) >= 0) return Remittance;
                if (X12.Inquiries.InquirySets.Named(name) is not null) return Inquiry;
                if (Array.IndexOf(OfVisits, name) >= 0) visits++;
                if (Array.IndexOf(OfClaims, name) >= 0) claims++;
                if (!json.TrySkip()) break;
            }
        }
        // what was seen before it decides
        catch (Exception e) when (e is JsonException or InvalidOperationException) { }
        return visits > claims ? Visit : claims > visits ? Claim : null;
    }
}
