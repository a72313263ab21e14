using Deltoid.Claims;
using Deltoid.Findings;

namespace Deltoid.Edits;

/// <summary>
/// One fault, one finding: of two findings that ask for the same remedy on the same line the one with the stronger
/// authority speaks, and a named edit speaks for the generic one it explains, and for what the form of the file says of
/// the same field. The other is under it; nothing is deleted.
/// </summary>
internal static class Joining
{
    /// <summary>
    /// Whether a check of the file's form and an edit, in this order, say the same of one place in a claim.
    /// </summary>
    public delegate bool SamePlace(in Finding ofFile, in Finding ofEdit, Claim claim);

    /// <summary>Joins in place; the list must be in order already, since places in it are kept.</summary>
    public static void Join(FindingList findings, Claim claim, SamePlace isSame)
    {
        var all = findings.Span;
        var first = 0; // of those that may say the same as the next one: of its line, where none is about two
        var areOfOneLine = !AnyIsOfTwoLines(all);
        for (var i = 1; i < all.Length; i++)
        {
            if (areOfOneLine && all[i].Place.Line != all[first].Place.Line) first = i;
            for (var j = first; j < i; j++)
            {
                if (AreApart(all[i], all[j])) continue;
                if (!IsOneFault(findings[i], findings[j]) && !IsSameField(findings[i], findings[j], claim, isSame))
                    continue;
                var (one, two) = (Head(findings, i), Head(findings, j));
                if (one == two) continue;
                if (Speaks(findings[one], findings[two])) Put(findings, two, one);
                else Put(findings, one, two);
            }
        }
    }

    /// <summary>About different lines, and no others.</summary>
    static bool AreApart(in Finding x, in Finding y) =>
        x.Place.Line != y.Place.Line && (x.OtherLine | y.OtherLine) == 0;

    static bool AnyIsOfTwoLines(ReadOnlySpan<Finding> findings)
    {
        foreach (ref readonly var finding in findings)
            if (finding.OtherLine != 0) return true;
        return false;
    }

    /// <summary>
    /// Stands a finding of the whole set under that edit of a claim which found the same; false where none did.
    /// </summary>
    public static bool TryJoin(FindingList findings, in Finding ofSet, Claim claim, SamePlace isSame)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            if (!IsSameField(findings[i], ofSet, claim, isSame)) continue;
            findings.Add(ofSet);
            findings.Join(findings.Count - 1, Head(findings, i));
            return true;
        }
        return false;
    }

    /// <summary>The finding that speaks for this one: itself, or the one it is under.</summary>
    static int Head(FindingList findings, int index) => findings[index].Under == 0 ? index : findings[index].Under - 1;

    /// <summary>Puts a finding under another, and with it what was under it.</summary>
    static void Put(FindingList findings, int index, int under)
    {
        for (var k = 0; k < findings.Count; k++)
            if (findings[k].Under == index + 1) findings.Join(k, under);
        findings.Join(index, under);
    }

    static bool IsOneFault(in Finding x, in Finding y) =>
        Explains(x, y) || Explains(y, x) || IsSameRemedy(x, y);

    /// <summary>
    /// An edit and the check of the file's form, which both find the same field of no use to a payer.
    /// </summary>
    static bool IsSameField(in Finding x, in Finding y, Claim claim, SamePlace isSame) =>
        IsOfFile(x) != IsOfFile(y) && x.Place.Line == y.Place.Line && IsRejection(x) && IsRejection(y)
            && (IsOfFile(x) ? isSame(x, y, claim) : isSame(y, x, claim));

    static bool IsOfFile(in Finding finding) => finding.Info.Maker == Maker.File;

    static bool IsRejection(in Finding finding) =>
        finding.Info.Outcome == Outcome.Rejection && finding.Severity == Severity.Error;

    static bool Explains(in Finding x, in Finding y) => x.Info.Explains is { } id && id == y.Info.Id && ShareLine(x, y);

    static bool ShareLine(in Finding x, in Finding y) =>
        x.Place.Line == y.Place.Line
            || (y.OtherLine > 0 && x.Place.Line == y.OtherLine && (x.OtherLine == 0 || x.OtherLine == y.Place.Line))
            || (x.OtherLine > 0 && x.OtherLine == y.Place.Line && y.OtherLine == 0);

    static bool IsSameRemedy(in Finding x, in Finding y) =>
        x.First.Op != ChangeOp.None && x.Place.Line == y.Place.Line && IsSame(x.First, y.First)
            && IsSame(x.Second, y.Second);

    /// <summary>The check of the file's form is about a segment of several fields: it says more than an edit.</summary>
    static bool IsOfMore(in Finding ofFile) => ofFile.Place.ClaimField == Field.None;

    /// <summary>
    /// By hand: the compiler's equality boxes enumerations until the code is optimized, and a check allocates nothing.
    /// </summary>
    static bool IsSame(in Change x, in Change y) =>
        x.Op == y.Op && x.Place.Line == y.Place.Line && x.Place.ClaimField == y.Place.ClaimField
            && x.Place.Part == y.Place.Part && x.Place.Ordinal == y.Place.Ordinal
            && x.Place.ChartField == y.Place.ChartField
        && x.Value.Kind == y.Value.Kind && x.Value.Value == y.Value.Value;

    static bool Speaks(in Finding x, in Finding y)
    {
        if (Explains(x, y)) return true;
        if (Explains(y, x)) return false;
        if (IsOfFile(x) != IsOfFile(y)) return IsOfFile(y) != IsOfMore(IsOfFile(x) ? x : y);
        var order = (int)x.Info.Citation.Authority - (int)y.Info.Citation.Authority; // CompareTo would box
        if (order == 0) order = (int)y.Severity - (int)x.Severity;
        if (order == 0) order = string.CompareOrdinal(x.Info.Id, y.Info.Id);
        if (order == 0) order = x.A.Value.CompareTo(y.A.Value);
        return order == 0 ? x.B.Value < y.B.Value : order < 0;
    }
}
