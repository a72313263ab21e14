using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// What the days of a claim must say alike: of service, birth, stay and the file; and the version of ICD that was in
/// force.
/// </summary>
internal sealed partial class ClaimReader
{
    DateOnly made; // BHT04
    (DateOnly From, DateOnly Thru) stay; // DTP 434
    Spot stayAt, admittedAt;
    DateOnly admitted;
    DateOnly told; // the day of a service that was judged last
    (bool IsIcd10, int Element, Spot At) firstCode, otherCode; // the first diagnosis, and the first of the other version

    void BeginDays() =>
        (stay, stayAt, admittedAt, admitted, told, firstCode, otherCode) =
            (default, default, default, default, default, default, default);

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

    void JudgeBirth(DateOnly born, int row)
    {
        if (made != default && born > made)
            reader.Report(ClaimContentFindings.DaysContradict, row, 2,
                detail: ValueFaults.Of(ValueFault.BornLater, born, made));
    }

    /// <summary>What has happened when the file is made: an onset, an accident, another payer's decision.</summary>
    void JudgePast(int row)
    {
        if (Segment[3] is not { Length: >= 8 } text || !ElementForms.TryDay(text[..8], out var day)) return;
        if (made != default && day > made)
            reader.Report(ClaimContentFindings.DaysContradict, row, 3,
                detail: ValueFaults.Of(ValueFault.PastAfterMade, day, made));
        else if (Segment.Packed(1) == Decided && reader.Faults.Line > 0 && told.DayNumber > 0 && day < told)
            reader.Report(ClaimContentFindings.DaysContradict, row, 3,
                detail: ValueFaults.Of(ValueFault.DecidedEarly, day, told));
    }

    static readonly ulong Decided = SegmentReader.PackOf("573"); // another payer's decision

    /// <summary>
    /// A service is neither after the file nor before the patient's birth. Lines of one day are one mistake, and a
    /// birth after the file is reported where it stands.
    /// </summary>
    void JudgeService(in ServiceLine line, int row)
    {
        if (line.Date == default || line.Date == told) return;
        told = line.Date;
        if (made != default && line.Date > made)
            reader.Report(ClaimContentFindings.DaysContradict, row, 3,
                detail: ValueFaults.Of(ValueFault.AfterMade, line.Date, made));
        else if (claim.BirthDate is { } birth && line.Date < birth && (made == default || birth <= made))
            reader.Report(ClaimContentFindings.DaysContradict, row, 3,
                detail: ValueFaults.Of(ValueFault.BeforeBirth, line.Date));
        else if (stayAt.Ordinal > 0 && (line.Date < stay.From || line.Date > stay.Thru)
            && !Stays(claim[ClaimText.TypeOfBill]))
            reader.Report(ClaimContentFindings.DaysContradict, row, 3,
                detail: ValueFaults.Of(ValueFault.OutsideStay, line.Date));
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

    /// <summary>Where each version of ICD is named first: all diagnoses are of one, which the claim's days decide.</summary>
    void NoteVersion(int element, int row)
    {
        var isIcd10 = Segment[element] is [(byte)'A', ..];
        var at = Here(row) with { At = Segment.StartOf(element) };
        if (firstCode.Element == 0) firstCode = (isIcd10, element, at);
        else if (firstCode.IsIcd10 != isIcd10 && otherCode.Element == 0) otherCode = (isIcd10, element, at);
    }

    /// <summary>
    /// The version in force on the day: of a stay the day it ended, of another statement the day it began (CMS, MLN
    /// SE1408). Services without a statement are each of their first day, and a claim has one version.
    /// </summary>
    void JudgeVersion()
    {
        if (stayAt.Ordinal > 0) claim.CodedOn = Stays(claim[ClaimText.TypeOfBill]) ? stay.Thru : stay.From;
        if (firstCode.Element == 0) return;
        var (asks9, asks10) = VersionsAsked();
        var wrong = asks9 && asks10 || firstCode.IsIcd10 != asks10 && asks9 != asks10 ? firstCode : otherCode;
        if (wrong.Element == 0) return;
        var fault = asks9 || asks10 ? wrong.IsIcd10 ? ValueFault.OfIcd10 : ValueFault.OfIcd9 : ValueFault.Mixed;
        Report(ClaimContentFindings.CodeVersions, wrong.At, wrong.Element, ValueFaults.Of(ValueForm.None, fault),
            component: 1);
    }

    /// <summary>Which versions the claim's days ask for: neither where it has no day.</summary>
    (bool Icd9, bool Icd10) VersionsAsked()
    {
        if (claim.CodedOn is { DayNumber: > 0 } day) return (Icd.Is9On(day), !Icd.Is9On(day));
        var (asks9, asks10) = (false, false);
        foreach (ref readonly var line in claim.Lines)
        {
            if (line.Date == default) continue;
            asks9 |= Icd.Is9On(line.Date);
            asks10 |= !Icd.Is9On(line.Date);
        }
        return (asks9, asks10);
    }

    /// <summary>Types of bill for a stay (NUBC), and home health, which is coded by its last day too.</summary>
    static bool Stays(ReadOnlySpan<byte> typeOfBill) =>
        typeOfBill is [(byte)'1', (byte)'1' or (byte)'8'] or [(byte)'2', (byte)'1' or (byte)'8'] or [(byte)'3', (byte)'2']
            or [(byte)'4', (byte)'1'] or [(byte)'6', (byte)'5' or (byte)'6'] or [(byte)'8', (byte)'6'];
}
