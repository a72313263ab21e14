using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Changes of the claim that mend a cause, by the names that rows give them. Each is proposed with its value from chart
/// or record; where these do not say the value, it is left out.
/// </summary>
internal static partial class Changes
{
    delegate void Maker(Situation at, List<ClaimChange> changes);

    /// <summary>The code of a second service through the same access, for one that was billed as a first.</summary>
    static readonly (string Initial, string Next)[] Sequential =
    [
        ("96360", "96361"), ("96365", "96367"), ("96374", "96375"), ("96409", "96411"), ("96413", "96417"),
    ];

    static readonly Dictionary<string, Maker> Makers =
        new[] { OfClaim(), OfService(), OfLine() }.SelectMany(static makers => makers).ToDictionary();

    /// <summary>Changes of the claim as a whole.</summary>
    static Dictionary<string, Maker> OfClaim() => new()
    {
        ["place"] = static (at, changes) =>
        {
            if (Facts.First(at, "place-was")?["pos"] is { } place) Set(changes, "/placeOfService", Text(place.Text));
        },
        ["authorization"] = static (at, changes) =>
        {
            var fact = Facts.First(at, "authorization-extended") ?? Facts.First(at, "authorization-on-file");
            if (fact?["number"] is { } number) Set(changes, "/priorAuthorization", Text(number.Text));
        },
        ["clia"] = static (at, changes) =>
        {
            if (Facts.First(at, "clia-certificate")?["number"] is { } number) Set(changes, "/clia", Text(number.Text));
        },
        ["member"] = static (at, changes) =>
        {
            var card = Facts.First(at, "card-on-file");
            if (card?["memberId"] is { } id) Set(changes, "/subscriber/memberId", Text(id.Text));
            if (card?["name"] is { } name) Set(changes, "/subscriber/name", Text(name.Text));
            if (card?["birthDate"] is { } birth) Set(changes, "/subscriber/birthDate", Text(birth.Text));
        },
        ["rendering"] = static (at, changes) =>
        {
            if (Facts.First(at, "provider-identifier") is { } fact && fact["npi"] is { } npi)
                Set(changes, $"/{fact["role"]!.Text}Provider/npi", Text(npi.Text));
        },
        ["earlier-claim"] = static (_, _) => { }, // the claim to correct is the one before
        ["diagnoses"] = Diagnoses,
        ["primary"] = static (at, changes) =>
        {
            if (Questions.ChartedPrimary(at) is { IsNone: false } code)
                Set(changes, "/lines/-", $"{{\"code\":{Text(code.ToString())},\"units\":1}}");
        },
    };

    /// <summary>Changes of what was done: its code, units, modifiers and package.</summary>
    static Dictionary<string, Maker> OfService() => new()
    {
        ["units"] = static (at, changes) =>
        {
            if (at.Sent >= 0 && Questions.SupportedUnits(at) is { } units)
                Set(changes, FieldOf(at, "units"), units.ToString());
        },
        ["count"] = static (at, changes) =>
        {
            if (at.Sent >= 0 && Questions.CountOf(at) is { } count)
                Set(changes, FieldOf(at, "units"), count.ToString(CultureInfo.InvariantCulture));
        },
        ["code"] = static (at, changes) =>
        {
            var line = Questions.CodedInstead(at);
            var code = line >= 0 ? at.Coded!.Lines[line].Code : GivenDrug.CodeOf(at);
            if (at.Sent >= 0 && !code.IsNone) Set(changes, FieldOf(at, "code"), Text(code.ToString()));
        },
        ["charted-modifiers"] = static (at, changes) =>
        {
            if (at.Sent >= 0 && at.CodedLine >= 0)
                SetModifiers(at, changes, at.Sent, at.Coded!.Lines[at.CodedLine].Modifiers);
        },
        ["ndc"] = Package,
        ["remove-line"] = static (at, changes) =>
        {
            if (at.Sent >= 0) changes.Add(new("remove", $"/lines/{at.Sent}", null));
        },
        ["pointer"] = static (at, changes) =>
        {
            var positions = Questions.PointedOf(at, at.Coded, at.CodedLine)
                .ConvertAll(d => at.Of.Claim!.PositionOf(d));
            if (at.Sent >= 0 && positions.Count > 0 && !positions.Contains(0))
                Set(changes, FieldOf(at, "diagnoses"), $"[{string.Join(',', positions)}]");
        },
        ["distinct"] = static (at, changes) =>
        {
            if (at.Sent < 0 || Questions.DistinctFrom(at)?["by"] is not { } by) return;
            var modifier = at.Payer != PayerKind.Medicare ? "59"
                : by.Text is "site" or "access" ? "XS"
                : by.Text is "session" ? "XE"
                : "59";
            Mark(at, changes, "modifier", Modifier.Of(modifier));
        },
        ["59-for-76"] = static (at, changes) => Swap(at, changes, "76", "59"),
        ["76-for-59"] = static (at, changes) => Swap(at, changes, "59", "76"),
        ["sequential"] = static (at, changes) =>
        {
            var line = Questions.CodedInstead(at);
            var code = line >= 0 ? at.Coded!.Lines[line].Code.ToString()
                : Array.Find(Sequential, s => s.Initial == at.Code.ToString()).Next;
            if (at.Sent >= 0 && code is not null) Set(changes, FieldOf(at, "code"), Text(code));
        },
        ["time-units"] = static (at, changes) =>
        {
            if (at.Sent >= 0 && Questions.UnitsOfTime(at) is { } units)
                Set(changes, FieldOf(at, "units"), units.ToString(CultureInfo.InvariantCulture));
        },
    };

    /// <summary>
    /// Whether a row may name such a change: one of ours, or <c>modifier=76</c>, <c>no-modifier=25</c>.
    /// </summary>
    public static bool IsKnown(string name) =>
        Makers.ContainsKey(name) || name.StartsWith("modifier=", StringComparison.Ordinal)
            || name.StartsWith("no-modifier=", StringComparison.Ordinal);

    /// <summary>Adds the changes of a row for the line that is looked at.</summary>
    public static void Add(Situation at, CauseRow row, List<ClaimChange> changes)
    {
        if (at.Of.Claim is null) return;
        foreach (var name in row.Changes)
            if (name.Split('=') is [var way, var modifier]) Mark(at, changes, way, Modifier.Of(modifier));
            else Makers[name](at, changes);
    }

    /// <summary>
    /// What makes a claim the correction of an earlier one: frequency 7 and the payer's number for it.
    /// </summary>
    public static void Replace(Situation at, List<ClaimChange> changes)
    {
        if (at.Of.Claim is null) return;
        changes.Insert(0, new("replace", "/frequency", Text("7")));
        if (EarlierControl(at) is { } earlier) changes.Insert(1, new("add", "/originalReference", Text(earlier)));
        else if (at.Payment is { } payment && !payment.PayerControl.IsEmpty)
            changes.Insert(1, new("add", "/originalReference", Text(payment.Text(payment.PayerControl))));
    }

    /// <summary>
    /// The claim that a duplicate repeats is the one to be corrected, not the duplicate; null where it is this one.
    /// </summary>
    static string? EarlierControl(Situation at) =>
        at.Adjustment.Reason.ToString() is not "18" ? null
            : Facts.First(at, "sent-as-correction")?["of"]?.Text
                ?? Facts.First(at, "earlier-claim")?["payerControl"]?.Text
                ?? (StyleOf(at) == "units" ? Facts.First(at, "same-service-paid")?["payerControl"]?.Text : null);

    static void Mark(Situation at, List<ClaimChange> changes, string way, Modifier modifier)
    {
        if (at.Sent < 0) return;
        var now = at.Of.Claim!.Lines[at.Sent].Modifiers;
        SetModifiers(at, changes, at.Sent, way == "modifier" ? now.With(modifier) : now.Without(modifier));
    }

    static void Swap(Situation at, List<ClaimChange> changes, string from, string to)
    {
        if (at.Sent < 0) return;
        var now = at.Of.Claim!.Lines[at.Sent].Modifiers;
        SetModifiers(at, changes, at.Sent, now.Without(Modifier.Of(from)).With(Modifier.Of(to)));
    }

    static void SetModifiers(Situation at, List<ClaimChange> changes, int line, Modifiers modifiers)
    {
        if (modifiers == at.Of.Claim!.Lines[line].Modifiers) return;
        Set(changes, Line(line, "modifiers"), Json(modifiers));
    }

    /// <summary>The package that was used: its NDC, and unit and quantity where the chart comes to them.</summary>
    static void Package(Situation at, List<ClaimChange> changes)
    {
        if (at.Sent < 0) return;
        if (at.CodedLine >= 0 && at.Coded!.Lines[at.CodedLine] is { Ndc.IsNone: false } coded)
            Set(changes, FieldOf(at, "ndc"), $"{{\"code\":{Text(coded.Ndc.ToString())},\"unit\":"
                + $"{Text(coded.NdcUnit.ToString())},\"quantity\":{coded.NdcQuantity}}}");
        else if (Facts.First(at, "drug-given")?["ndc"] is { } ndc)
            Set(changes, FieldOf(at, "ndc"), $"{{\"code\":{Text(ndc.Text)}}}");
    }

    static string FieldOf(Situation at, string field) =>
        Line(at.Sent, field);

    static string Line(int line, string field) =>
        string.Create(CultureInfo.InvariantCulture, $"/lines/{line}/{field}");

    /// <summary>
    /// Diagnoses of the record that the claim does not have: each takes the place of one that the record does not have,
    /// of the same family or the line's first, else comes after the last.
    /// </summary>
    static void Diagnoses(Situation at, List<ClaimChange> changes)
    {
        if (at.Of.Claim is not { } claim) return;
        var charted = Questions.DocumentedDiagnoses(at);
        var first = at.Sent >= 0 && claim.Lines[at.Sent].Pointers is { Count: > 0 } pointers ? pointers[0] : 1;
        foreach (var code in charted.Where(c => claim.PositionOf(c) == 0))
        {
            var place = Array.FindIndex(claim.Diagnoses.ToArray(), d => !charted.Contains(d)
                && d.ToString().AsSpan(0, Math.Min(3, d.ToString().Length))
                    .SequenceEqual(code.ToString().AsSpan(0, Math.Min(3, code.ToString().Length))));
            if (place < 0 && first <= claim.DiagnosisCount && !charted.Contains(claim.Diagnoses[first - 1]))
                place = first - 1;
            var path = place < 0 ? "/diagnoses/-" : string.Create(CultureInfo.InvariantCulture, $"/diagnoses/{place}");
            if (!changes.Exists(c => c.Path == path))
                changes.Add(new(place < 0 ? "add" : "replace", path, Text(code.ToDiagnosis())));
        }
    }

    static void Set(List<ClaimChange> changes, string path, string value)
    {
        if (!changes.Exists(c => c.Path == path)) changes.Add(new("add", path, value));
    }

    static string Text(string text)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) writer.WriteStringValue(text);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
