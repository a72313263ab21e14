using System.Globalization;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>The eleven digits of a package, and the codes it is billed as.</summary>
internal static class NdcAnswer
{
    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.NdcText.Length == 0) return null;
        draft.FromQuestion("NDC", asked.NdcText);
        if (!Ndc.TryParse(asked.NdcText, out var ndc, out var fault))
        {
            draft.Say(fault == NdcFault.AmbiguousTenDigits
                ? "That is not clear: ten digits without hyphens can be read three ways. Take the hyphens from the label"
                : "It is no NDC: the segments do not fit any of the four layouts");
            draft.SayRule("INJ-120");
            if (fault == NdcFault.AmbiguousTenDigits) draft.Ask("hyphens");
            return ReplyKind.Answer;
        }
        var billed = ndc.AsBilled.ToString();
        draft.State(asked.NdcText, "as billed", $"{billed}, written as {ndc.Layout}", DateRange.Always, "NUCC");
        var isOther = asked.ClaimedNdc.Length > 0 && asked.ClaimedNdc != billed;
        draft.Say($"{(isOther ? "No: on" : "On")} a claim it is {billed}: eleven digits without hyphens").SayRule("INJ-120");
        var codes = asked.Book.CodesOf(ndc, asked.Day);
        for (var i = 0; i < codes.Count; i++)
        {
            draft.State(billed, "billed as", codes[i].Code.ToString(), DateRange.Of(asked.Day), "ASPNDC")
                .CiteTable("ASPNDC", billed);
            draft.Say($"The Medicare crosswalk bills this package as {codes[i].Code}");
        }
        if (codes.Count == 0) draft.Say("This code book does not know which drug code the package has");
        if (codes.Count > 0 && asked.Codes.Count > 0) SayFit(asked, codes, draft);
        if (asked.Has("qualifier-word") || asked.Has("edi-word") || asked.Has("lin-word"))
            SayQuantity(asked, billed, draft);
        return ReplyKind.Answer;
    }

    /// <summary>What of it was used: mL of a liquid, vials of a powder; nothing where the question does not say it.
    /// </summary>
    static void SayQuantity(Inquiry asked, string billed, ReplyDraft draft)
    {
        var unit = asked.Has("powder-word") ? "UN" : "ML";
        var quantity = asked.Has("powder-word") ? asked.Has("one-vial-word") ? 1 : 0 : VolumeOf(asked);
        if (quantity <= 0) return;
        var number = quantity.ToString("0.###", CultureInfo.InvariantCulture);
        draft.State(billed, "NDC quantity", $"N4{billed} {unit}{number}", DateRange.Always, "TR3").SayRule("INJ-124")
            .FromQuestion("NDC quantity", $"{number} {unit}")
            .Say($"The quantity is {number} and the unit {unit}: CTP04 and CTP05, or on paper N4{billed} {unit}{number}")
            .CiteRule("INJ-122").CiteRule("INJ-123");
    }

    /// <summary>The mL that were given or are in the vial; by the dose where the strength is said.</summary>
    static decimal VolumeOf(Inquiry asked)
    {
        foreach (var role in (AmountRole[])[AmountRole.Given, AmountRole.Container])
        {
            var said = asked.Amounts.Find(said => said.Role == role && said.Amount.Unit == MeasureUnit.Ml);
            if (said.Text is not null) return said.Amount.Value;
        }
        return asked.Strength is { Of.Base: > 0 } label && asked.AmountOf(AmountRole.Given) is { Amount: var dose }
            && dose.IsComparableTo(label.Of) ? dose.Base / label.Of.Base * label.In.Value : 0;
    }

    static void SayFit(Inquiry asked, NdcCodes codes, ReplyDraft draft)
    {
        foreach (var code in asked.Codes)
        {
            var fits = false;
            for (var i = 0; i < codes.Count; i++) fits |= codes[i].Code == code;
            if (!fits) draft.FromQuestion("code", code.ToString()).Say($"{code} does not go with it")
                .SayRule("INJ-126");
        }
    }
}
