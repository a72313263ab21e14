using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Forms;

/// <summary>The paper claim of professionals: CMS-1500, form 1500 version 02/12 of the NUCC.</summary>
internal static partial class Cms1500
{
    /// <summary>
    /// Puts a claim on as many forms as it takes: six lines each, all else repeated, each with the total of its own
    /// lines. What must be there and is not, what does not fit and what cannot be printed are findings (FRM); nothing
    /// is left out without one.
    /// </summary>
    public static IReadOnlyList<Cms1500Form> Of(Claim claim, FindingList findings)
    {
        var head = new Cms1500Form();
        var pen = new Cms1500Pen(head, findings);
        var kept = KeptFacts.Of(claim);
        if (claim.Setting == Setting.Facility)
            findings.Add(Cms1500Findings.Institutional, Place.OfClaim(Field.Setting));
        WriteHead(claim, kept, pen);
        var forms = new List<Cms1500Form>();
        var from = 0;
        foreach (var count in LineGroups.Divide(claim, Cms1500Layout.ServiceLines))
        {
            forms.Add(Sheet(claim, head.Copy(), findings, from, count));
            from += count;
        }
        new Cms1500Pen(forms[0], findings).Write("29", Paid(claim, kept));
        foreach (var form in forms) (form.Number, form.Count) = (forms.IndexOf(form) + 1, forms.Count);
        if (forms.Count > 1)
            findings.Add(Cms1500Findings.SeveralForms, Place.OfClaim(Field.Lines), Arg.Count(forms.Count));
        new Cms1500Pen(forms[0], findings).Require(); // with the total, which every form has or none
        if (claim.Lines.IsEmpty)
            findings.Add(Cms1500Findings.RequiredEmpty, Place.OfClaim(Field.Lines), Arg.Of(Code.Of("24")));
        return forms;
    }

    static Cms1500Form Sheet(Claim claim, Cms1500Form form, FindingList findings, int from, int count)
    {
        var pen = new Cms1500Pen(form, findings);
        var total = count > 0 ? Money.Zero : (Money?)null;
        for (var row = 0; row < count; row++)
        {
            ref readonly var line = ref claim.Lines[from + row];
            var onLine = pen.OnLine(row, line.Number);
            WriteLine(claim, line, onLine);
            onLine.Require();
            total = total is { } sum && line.Charge is { } charge ? sum + charge : null;
        }
        pen.Write("28", total);
        return form;
    }
}
