using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Forms;

/// <summary>
/// Items 11d, 12, 13, 27 and 31: what the patient and the provider have signed and agreed to. They say what the claim
/// states, as the 837 of the same claim does; what it does not state is a finding, never a mark.
/// </summary>
internal static partial class Cms1500
{
    const string OnFile = "SIGNATURE ON FILE", NotOnFile = "NO SIGNATURE ON FILE";

    static void WriteStatements(Claim claim, Cms1500Pen pen)
    {
        WriteOtherPlan(claim, pen);
        var released = OnFormAs(claim.Text(ClaimText.Release), yes: "Y", no: "I", pen, "12", Field.Release, "CLM09");
        pen.Write("12", released switch { true => OnFile, false => NotOnFile, _ => null });
        if (released == true) pen.Write("12.date", DayOf(claim, ClaimText.ReleaseDate));
        var benefits = OnFormAs(claim.Text(ClaimText.Benefits), yes: "Y", no: "NW", pen, "13", Field.Benefits, "CLM08");
        pen.Write("13", benefits switch { true => OnFile, false => NotOnFile, _ => null });
        var isAccepted = OnFormAs(claim.Text(ClaimText.Assignment), yes: "A", no: "C", pen, "27", Field.Assignment,
            "CLM07");
        pen.Check(isAccepted, "27.yes", "27.no");
        WriteProviderSignature(claim, pen);
    }

    /// <summary>Item 11d. Medicare leaves it blank (Pub. 100-04, ch. 26, §10.3).</summary>
    static void WriteOtherPlan(Claim claim, Cms1500Pen pen)
    {
        if (claim.PayerKind == PayerKind.Medicare) return;
        var stated = claim.Text(ClaimText.OtherPlan);
        if (stated.Length == 0 && !claim.HasOtherInsured)
            pen.Report(Cms1500Findings.OtherPlanNotStated, "11d", Field.OtherPlan);
        else
            pen.Check(stated == "Y" || claim.HasOtherInsured, "11d.yes", "11d.no");
        var asksForMore = stated == "Y" && !claim.HasOtherInsured; // yes in 11d asks for 9, 9a and 9d (NUCC manual)
        if (asksForMore) pen.Report(Cms1500Findings.RequiredEmpty, "9", Field.OtherPlan);
    }

    /// <summary>
    /// Item 31 has a signature, or says that one is on file, and the day (NUCC manual; Pub. 100-04, ch. 26, §10.4).
    /// </summary>
    static void WriteProviderSignature(Claim claim, Cms1500Pen pen)
    {
        var isSigned = OnFormAs(claim.Text(ClaimText.Signature), yes: "Y", no: "N", pen, "31", Field.Signature,
            "CLM06");
        if (isSigned == false) pen.Report(Cms1500Findings.RequiredEmpty, "31", Field.Signature);
        if (isSigned == true) pen.Write("31", OnFile);
        var day = DayOf(claim, ClaimText.SignatureDate);
        pen.Write("31.date", day);
        if (isSigned == true && day is null)
            pen.Report(Cms1500Findings.SignatureWithoutDate, "31", Field.SignatureDate);
    }

    /// <summary>
    /// Yes or no where the claim states one of the letters that mean it; otherwise a finding, and null.
    /// </summary>
    static bool? OnFormAs(string stated, string yes, string no, Cms1500Pen pen, string item, Field field,
        string element)
    {
        if (stated == yes) return true;
        if (stated.Length == 1 && no.Contains(stated, StringComparison.Ordinal)) return false;
        pen.Report(stated.Length == 0 ? Cms1500Findings.NotStated : Cms1500Findings.NotOfTheForm, item, field, element);
        return null;
    }

    static DateOnly? DayOf(Claim claim, ClaimText text) =>
        Days.TryReadEither(claim.Text(text), out var day) ? day : null;
}
