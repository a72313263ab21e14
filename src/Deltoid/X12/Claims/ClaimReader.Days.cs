using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// What the days of a claim must say alike: of service, birth, stay and the file; and the version of ICD that was in
/// force.
/// </summary>
internal sealed partial class ClaimReader
{
    DateOnly made; // BHT04
    (DateOnly From, DateOnly Thru) stay; // DTP 434
    Spot stayAt, admittedAt, diagnosesAt;
    DateOnly admitted;
    bool? isIcd10; // of the claim's first diagnosis

    void BeginDays() =>
        (stay, stayAt, admittedAt, diagnosesAt, admitted, isIcd10) = (default, default, default, default, default,
            null);

    void FillStatement(int row)
    {
        var text = Segment[3];
        if (text.Length >= 8 && ElementForms.TryDay(text[..8], out var first)) claim.VisitDate = first;
        if (ElementForms.TrySpan(text, out var from, out var thru)) (stay, stayAt) = ((from, thru), Here(row));
        else if (ElementForms.TryDay(text, out var day)) (stay, stayAt) = ((day, day), Here(row));
    }

    void FillAdmitted(int row)
    {
        if (Segment[3] is { Length: >= 8 } text && ElementForms.TryDay(text[..8], out var day))
            (admitted, admittedAt) = (day, Here(row));
    }

    /// <summary>A service is neither after the file nor before the patient's birth.</summary>
    void JudgeService(in ServiceLine line, int row)
    {
        if (line.Date == default) return;
        if (made != default && line.Date > made)
            reader.Report(ClaimContentFindings.DaysContradict, row, 3,
                detail: ValueFaults.Of(ValueFault.AfterMade, line.Date, made));
        else if (claim.BirthDate is { } birth && line.Date < birth)
            reader.Report(ClaimContentFindings.DaysContradict, row, 3,
                detail: ValueFaults.Of(ValueFault.BeforeBirth, line.Date));
    }

    /// <summary>
    /// The days of an institutional claim: admission and services within the statement, unless it is for a stay.
    /// </summary>
    void JudgeStatement()
    {
        if (stayAt.Ordinal == 0) return;
        if (made != default && stay.Thru > made)
            Report(ClaimContentFindings.DaysContradict, stayAt, 3,
                ValueFaults.Of(ValueFault.StayAfterMade, stay.Thru, made));
        if (admittedAt.Ordinal > 0 && admitted > stay.Thru)
            Report(ClaimContentFindings.DaysContradict, admittedAt, 3,
                ValueFaults.Of(ValueFault.AdmittedLate, admitted, stay.Thru));
    }

    /// <summary>All diagnoses are of one version.</summary>
    void JudgeQualifier(int element, int row)
    {
        var isNow = Segment[element] is [(byte)'A', ..];
        if (isIcd10 is null) (isIcd10, diagnosesAt) = (isNow, Here(row));
        else if (isIcd10 != isNow) reader.Report(ClaimContentFindings.CodeVersions, row, element, 1);
    }

    /// <summary>
    /// The version in force on the day: of a stay the day it ended, of another statement the day it began (CMS, MLN
    /// SE1408). Services without a statement are each of their first day, and a claim has one version.
    /// </summary>
    void JudgeVersion()
    {
        if (stayAt.Ordinal > 0) claim.CodedOn = Stays(claim[ClaimText.TypeOfBill]) ? stay.Thru : stay.From;
        if (isIcd10 is not { } isNow) return;
        var isWrong = claim.CodedOn is { DayNumber: > 0 } day && isNow == Icd.Is9On(day);
        if (claim.CodedOn == default)
            foreach (ref readonly var line in claim.Lines)
                isWrong |= line.Date != default && isNow == Icd.Is9On(line.Date);
        if (isWrong) Report(ClaimContentFindings.CodeVersions, diagnosesAt, 1);
    }

    /// <summary>Types of bill for a stay (NUBC), and home health, which is coded by its last day too.</summary>
    static bool Stays(ReadOnlySpan<byte> typeOfBill) =>
        typeOfBill is [(byte)'1', (byte)'1' or (byte)'8'] or [(byte)'2', (byte)'1' or (byte)'8'] or [(byte)'3', (byte)'2']
            or [(byte)'4', (byte)'1'] or [(byte)'6', (byte)'5' or (byte)'6'] or [(byte)'8', (byte)'6'];
}
