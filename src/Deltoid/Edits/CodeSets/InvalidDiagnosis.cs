using System.Text;
using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>A diagnosis that its category does not have, or a header that needs more characters.</summary>
internal sealed class InvalidDiagnosis : Edit
{
    static readonly FindingInfo Invalid = new()
    {
        Id = "BND0010", Name = "invalid-diagnosis", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Icd("code order file of the fiscal year"),
        Message = "{0} is not a diagnosis code",
        Rules = "INJ-200", Fix = Remedy.Chart("Correct the diagnosis from the record"),
        Predicts = [new("CO-16", "M76"), new("CO-146")],
    };

    static readonly FindingInfo Header = new()
    {
        Id = "BND0011", Name = "diagnosis-header", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Icd("code order file of the fiscal year"),
        Message = "{0} is a heading and needs more characters, such as {1}",
        Rules = "INJ-200 C-20", Fix = Remedy.Chart("Give the diagnosis in full"),
        Predicts = [new("CO-16", "M76"), new("CO-146")],
    };

    static readonly FindingInfo Unspecified = new()
    {
        Id = "BND0012", Name = "unspecified-diagnosis", Severity = Severity.Warning, Outcome = Outcome.Denial, Snip = 5,
        Citation = Cited.Icd("guideline I.B.13"),
        Message = "{0} leaves the side open, and {1} names it",
        Rules = "INJ-201", Fix = Remedy.Chart("Name the side if the record does"), Predicts = [new("CO-16", "M81")],
    };

    static readonly FindingInfo Malformed = new()
    {
        Id = "BND0014", Name = "diagnosis-malformed", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Icd("structure"),
        Message = "{0} does not have the shape of a diagnosis code",
        Rules = "INJ-200", Fix = Remedy.Chart("Correct the diagnosis from the record"),
        Predicts = [new("CO-16", "M76")],
    };

    static readonly FindingInfo OldVersion = new()
    {
        Id = "BND0016", Name = "diagnosis-of-icd-9", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 5,
        Citation = Cited.Law("45 CFR 162.1002"),
        Message = "{0} has digits only, as a code of ICD-9 or of a procedure has; "
            + "diagnoses from 2015-10-01 on are coded in ICD-10",
        Rules = "INJ-200", Fix = Remedy.Chart("Code the diagnosis in ICD-10 from the record"),
        Predicts = [new("CO-16", "M76")],
    };

    static readonly FindingInfo NewVersion = new()
    {
        Id = "BND0017", Name = "diagnosis-of-icd-10-too-early", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Snip = 5, Citation = Cited.Law("45 CFR 162.1002"),
        Message = "{0} is written as an ICD-10 code; services before 2015-10-01 are coded in ICD-9",
        Rules = "INJ-200",
        Fix = Remedy.Chart("Code the diagnosis in ICD-9 from the record, or correct the day of service"),
        Predicts = [new("CO-16", "M76")],
    };

    public override FindingInfo Info => Invalid;

    public override IReadOnlyList<FindingInfo> Infos { get; } =
        [Invalid, Header, Unspecified, Malformed, OldVersion, NewVersion];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        var day = claim.Claim.CodedOn is { DayNumber: > 0 } coded ? coded : claim.Claim.ServiceDate;
        var (table, isOld) = (claim.Book.Diagnoses(day), Icd.Is9On(day));
        foreach (var diagnosis in claim.Claim.Diagnoses)
        {
            if (diagnosis.IsNone) continue;
            var known = isOld || table is null ? null : claim.Memory.StandingOf(table, diagnosis);
            if (known is DiagnosisStanding.Valid) continue;
            if (known is DiagnosisStanding.Invalid)
                Report(claim, findings, Invalid, Field.Diagnoses, Arg.Diagnosis(diagnosis));
            else if (isOld) JudgeOld(claim, findings, diagnosis);
            else if (IsIcd9(diagnosis)) Report(claim, findings, OldVersion, Field.Diagnoses, Arg.Of(diagnosis));
            else if (!HasShape(diagnosis)) Report(claim, findings, Malformed, Field.Diagnoses, Arg.Of(diagnosis));
            else if (table is not null) Judge(claim, findings, table, diagnosis);
        }
    }

    static void Judge(BoundClaim claim, FindingList findings, DiagnosisTable table, Code diagnosis)
    {
        switch (table.Standing(diagnosis))
        {
            case DiagnosisStanding.Invalid:
                Report(claim, findings, Invalid, Field.Diagnoses, Arg.Diagnosis(diagnosis));
                claim.Memory.Keep(table, diagnosis, DiagnosisStanding.Invalid);
                break;
            case DiagnosisStanding.Header:
                Report(claim, findings, Header, Field.Diagnoses, Arg.Diagnosis(diagnosis),
                    Arg.Diagnosis(table.FirstUnder(diagnosis)));
                break;
            case DiagnosisStanding.Valid when SideOf(table, diagnosis) is { IsNone: false } sided:
                Report(claim, findings, Unspecified, Field.Diagnoses, Arg.Diagnosis(diagnosis), Arg.Diagnosis(sided));
                break;
            default:
                claim.Memory.Keep(table, diagnosis, DiagnosisStanding.Valid);
                break;
        }
    }

    /// <summary>Codes of ICD-9 are not in the book: only their shape is judged.</summary>
    static void JudgeOld(BoundClaim claim, FindingList findings, Code diagnosis)
    {
        if (IsIcd9(diagnosis) || (diagnosis[0] is 'E' or 'V' && diagnosis.Length is >= 3 and <= 5)) return;
        Report(claim, findings, HasShape(diagnosis) ? NewVersion : Malformed, Field.Diagnoses, Arg.Of(diagnosis));
    }

    /// <summary>
    /// Three to five digits, as no code of ICD-10 is. Those that begin with V or E look alike in both.
    /// </summary>
    static bool IsIcd9(Code code)
    {
        if (code.Length is < 3 or > 5) return false;
        for (var i = 0; i < code.Length; i++)
            if (!char.IsAsciiDigit(code[i])) return false;
        return true;
    }

    static bool HasShape(Code code) =>
        code.Length is >= 3 and <= 7 && char.IsAsciiLetter(code[0]) && char.IsAsciiDigit(code[1]);

    /// <summary>
    /// The code for the right side where this one leaves the side open: M25.561 for M25.569; none otherwise.
    /// </summary>
    static Code SideOf(DiagnosisTable table, Code code)
    {
        if (code.Length < 5 || code[code.Length - 1] is not ('0' or '9')) return default;
        var right = WithLast(code, '1');
        if (table.Standing(right) != DiagnosisStanding.Valid
            || table.Standing(WithLast(code, '2')) != DiagnosisStanding.Valid)
            return default;
        return Says(table.Utf8Label(right), "right", "r ") && Says(table.Utf8Label(code), "unspecified", "unsp ")
            ? right
            : default;
    }

    static bool Says(ReadOnlySpan<byte> label, string word, string shortened)
    {
        Span<char> text = stackalloc char[512]; // an official label has 60 characters, or 400
        if (!Encoding.UTF8.TryGetChars(label, text, out var length)) return false;
        return ((ReadOnlySpan<char>)text[..length]).Contains(word, StringComparison.OrdinalIgnoreCase)
            || ((ReadOnlySpan<char>)text[..length]).Contains(shortened, StringComparison.OrdinalIgnoreCase);
    }

    static Code WithLast(Code code, char last)
    {
        var shift = 56 - (8 * (code.Length - 1));
        return new((code.Packed & ~(0xFFUL << shift)) | ((ulong)last << shift));
    }
}
