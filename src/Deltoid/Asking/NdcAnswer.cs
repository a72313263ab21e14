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
        return ReplyKind.Answer;
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
