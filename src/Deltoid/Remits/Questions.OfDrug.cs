using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions about the drug of the line, its package and what of it was discarded.</summary>
internal static partial class Questions
{
    static readonly Modifier Discarded = Modifier.Of("JW"), NoneDiscarded = Modifier.Of("JZ");

    static Row[] OfDrug =>
    [
        new("code-ended", static (at, _) => at.Code.IsNone
            ? Truth.Unknown
            : Truths.Of(!at.Book.TryCode(at.Code, at.Day, out var _))),
        new("ndc-readable", static (at, _) => at.Of.Claim is not { } claim || at.Sent < 0
            ? Truth.Unknown
            : Truths.Of(!claim.Lines[at.Sent].Ndc.IsNone)),
        new("vial-ndc", static (at, args) => VialNdc(at) is not { } ndc || at.Of.Claim is not { } claim || at.Sent < 0
            ? Truth.Unknown
            : Truths.Of(Array.IndexOf(args, claim.Lines[at.Sent].Ndc.Digits == ndc.Digits ? "same" : "other") >= 0),
            "drug-given"),
        new("ndc-active", NdcIsActive, "ndc-status"),
        new("waste-modifier", static (at, args) => WasteModifier(at) is { } word
            ? Truths.Of(Array.IndexOf(args, word) >= 0)
            : Truth.Unknown, "waste-charted"),
        new("waste-differs", static (at, _) => WasteModifier(at) is { } word
            ? Truths.Of(!HasWaste(at, word))
            : Truth.Unknown, "waste-charted"),
    ];

    /// <summary>The NDC of the package that was used, by chart or stock; null where neither says it.</summary>
    public static Ndc? VialNdc(Situation at)
    {
        if (at.CodedLine >= 0 && at.Coded!.Lines[at.CodedLine].Ndc is { IsNone: false } charted) return charted;
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "drug-given" && fact.Is && !fact.IsCharted && fact.Covers(at.LineNumber)
                && fact["ndc"] is { } text && Ndc.TryParse(text.Text, out var ndc, out _))
                return ndc;
        return null;
    }

    /// <summary>The NDC on the claim was still in use on the day.</summary>
    static Truth NdcIsActive(Situation at, string[] args)
    {
        if (at.Of.Claim is not { } claim || at.Sent < 0) return Truth.Unknown;
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "ndc-status" && fact.Is && fact["activeThru"] is { } thru
                && Ndc.TryParse(fact["ndc"]!.Text, out var ndc, out _)
                && ndc.Digits == claim.Lines[at.Sent].Ndc.Digits)
                return Truths.Of(at.Day <= thru.Day);
        return Truth.Unknown;
    }

    /// <summary>
    /// What chart or record support of the drug: <c>JW</c> an amount was discarded, <c>JZ</c> nothing of a single-dose
    /// container was, <c>none</c> the container is no single-dose one; null where they do not say.
    /// </summary>
    public static string? WasteModifier(Situation at)
    {
        foreach (ref readonly var line in GivenDrug.Supported(at) is { } claim ? claim.Lines : default)
            if (line.Code == at.Code && line.Modifiers.Has(Discarded)) return "JW";
            else if (line.Code == at.Code && line.Modifiers.Has(NoneDiscarded)) return "JZ";
        var container = GivenDrug.ContainerOf(at);
        if (container == ContainerKind.MultiDose) return "none";
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "waste-charted" && fact.Covers(at.LineNumber))
                return fact.Is ? "JW" : container == ContainerKind.None ? null : "JZ";
        return null;
    }

    /// <summary>The claim says of the drug what the record supports: JW may be on a line of its own.</summary>
    static bool HasWaste(Situation at, string word)
    {
        var (hasWaste, hasNone) = (false, false);
        foreach (ref readonly var line in at.Of.Claim is { } claim ? claim.Lines : default)
            if (line.Code == at.Code)
                (hasWaste, hasNone) = (hasWaste || line.Modifiers.Has(Discarded),
                    hasNone || line.Modifiers.Has(NoneDiscarded));
        return word switch { "JW" => hasWaste && !hasNone, "JZ" => hasNone && !hasWaste, _ => !hasWaste && !hasNone };
    }
}
