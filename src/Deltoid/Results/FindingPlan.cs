using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// What a kind of finding says of a field, as JSON: pieces of UTF-8 that are written as they are, and between them the
/// arguments.
/// </summary>
sealed class FindingPlan
{
    /// <summary>What is written after a piece of text.</summary>
    public enum Slot : byte
        { None, A, B, C, D, FurtherB, FurtherC, FurtherD, At, Line, Other, Fault, Remedy, Codes, Found }

    /// <param name="Otherwise">What is written where the finding does not have what the slot asks for; of
    /// <see cref="Slot.Found"/> what is written around it: the value stands where the dots are.</param>
    public readonly record struct Piece(byte[] Text, Slot Slot, byte[] Otherwise);

    static readonly (string Name, Slot Slot)[] Names =
    [
        ("0", Slot.A), ("1", Slot.B), ("2", Slot.C), ("3", Slot.D),
        (",1", Slot.FurtherB), (",2", Slot.FurtherC), (",3", Slot.FurtherD),
        ("at", Slot.At), ("line", Slot.Line), ("other", Slot.Other),
        ("fault", Slot.Fault), ("remedy", Slot.Remedy), ("codes", Slot.Codes), ("found", Slot.Found),
    ];

    /// <summary>From the id to the message.</summary>
    public required byte[] Head { get; init; }

    public required Piece[] Message { get; init; }

    /// <summary>The pointer to the field, after the line's; of the claim the whole pointer.</summary>
    public required byte[] At { get; init; }

    /// <summary>The field and the box.</summary>
    public required byte[] Tail { get; init; }

    /// <summary>The fix up to its text, or that there is none.</summary>
    public required byte[] FixHead { get; init; }

    public required Piece[] FixText { get; init; }

    /// <summary>Up to the message, where the finding is written under another.</summary>
    public required byte[] JoinedHead { get; init; }

    /// <summary>Null where a place or a template asks for more than pieces.</summary>
    public static FindingPlan? Of(in Finding finding, Setting setting)
    {
        var (info, place) = (finding.Info, finding.Place);
        var (message, fix) = (Cut(info.Message), Cut(info.Fix?.Text ?? ""));
        if (place.Part != Part.None || message is null || fix is null) return null;
        var field = Places.Name(place.ClaimField != Field.None ? place.ClaimField : place.ChartField);
        var (id, severity, outcome) = (info.Id, FindingText.Of(finding.Severity), FindingText.Of(info.Outcome));
        return new FindingPlan
        {
            Head = Utf8($"\"id\":\"{id}\",\"severity\":\"{severity}\",\"outcome\":\"{outcome}\",\"message\":\""),
            Message = message,
            At = Escaped(PointerOf(place with { Ordinal = 0 })),
            Tail = Utf8($",\"field\":{Quoted(field)},\"box\":{Quoted(Places.Box(place, setting))}"),
            FixHead = Utf8(info.Fix is null ? "\"fix\":null"
                : $"\"fix\":{{\"safety\":\"{FindingText.Of(info.Fix.Safety)}\",\"text\":\""),
            FixText = fix,
            JoinedHead = Utf8($"{{\"id\":\"{id}\",\"name\":\"{info.Name}\",\"message\":\""),
        };
    }

    /// <summary>The pointer into the claim without the line's own.</summary>
    static string PointerOf(Place place)
    {
        var pointer = Places.ClaimPointer(place, null);
        return place.Line == 0 ? pointer : pointer["/lines/".Length..].TrimStart("-0123456789".ToCharArray());
    }

    static string Quoted(string? text) => string.IsNullOrEmpty(text) ? "null" : $"\"{text}\"";

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Escaped(string text) =>
        JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray();

    /// <summary>A template in pieces; null when it names something else than an argument or a place.</summary>
    static Piece[]? Cut(string template)
    {
        var (pieces, text) = (new List<Piece>(), new StringBuilder());
        for (var at = 0; at < template.Length;)
        {
            var close = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (close < 0)
            {
                text.Append(template[at++]);
                continue;
            }
            var name = template[(at + 1)..close];
            var bar = name.IndexOf('|', StringComparison.Ordinal);
            var slot = Array.Find(Names, n => n.Name == (bar < 0 ? name : name[..bar])).Slot;
            if (slot == Slot.None || bar >= 0 != slot >= Slot.Fault) return null;
            pieces.Add(new(Escaped(text.ToString()), slot, Escaped(bar < 0 ? "" : name[(bar + 1)..])));
            text.Clear();
            at = close + 1;
        }
        if (text.Length > 0) pieces.Add(new(Escaped(text.ToString()), Slot.None, []));
        return [.. pieces];
    }
}
