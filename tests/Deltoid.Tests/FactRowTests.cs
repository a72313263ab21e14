using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Pricing;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Facts that were in code and are rows: what the rows say, at their edges.</summary>
public sealed class FactRowTests
{
    static readonly CodeBook Book = StarterBook.Open();

    [Theory]
    [InlineData(nameof(DiagnosisKind.Neoplasm), "C61 C00 D09.9 D37.1 D49.0", "D10 D36.9 E11.9")]
    [InlineData(nameof(DiagnosisKind.HormoneTreated), "C61 D10 D36.9 D49.0 Z79.818 Z51.11 Z85.46", "D50.9 Z79.4 E30.1")]
    [InlineData(nameof(DiagnosisKind.Injury), "S61.0 T14 W54.0XXA", "X58 Z20.3")]
    [InlineData(nameof(DiagnosisKind.ExternalCause), "V00 W54.0XXA X58 Y93.0", "U07.1 Z23 T14")]
    [InlineData(nameof(DiagnosisKind.DrugTherapy), "Z79.4", "Z78 Z80")]
    [InlineData(nameof(DiagnosisKind.PreventiveVisit), "Z00.00 Z01.81 Z02.1", "Z03 Z23")]
    [InlineData(nameof(DiagnosisKind.AffirmingCare), "F64.0", "F65")]
    [InlineData(nameof(DiagnosisKind.HivPrevention), "Z29.81", "Z29.8 Z29.89")]
    [InlineData(nameof(DiagnosisKind.RabiesExposure), "Z20.3", "Z20.2")]
    [InlineData(nameof(DiagnosisKind.KidneyFailure), "N18.6", "N18.5 N17.9")]
    [InlineData(nameof(DiagnosisKind.OnDialysis), "Z99.2", "Z99.1")]
    [InlineData(nameof(DiagnosisKind.AcuteKidneyInjury), "N17.9", "N18.6")]
    [InlineData(nameof(DiagnosisKind.Procedure), "R52 Z48.00", "R53.83")]
    public void A_kind_of_diagnosis_has_these_and_not_those(string name, string its, string others)
    {
        var kind = Enum.Parse<DiagnosisKind>(name);
        Assert.All(its.Split(' '), code => Assert.True(Book.DiagnosisKinds.Is(kind, Code.Of(code)), code));
        Assert.All(others.Split(' '), code => Assert.False(Book.DiagnosisKinds.Is(kind, Code.Of(code)), code));
    }

    /// <summary>Each has a case above.</summary>
    [Fact]
    public void Every_kind_of_diagnosis_has_rows() =>
        Assert.All(Enum.GetValues<DiagnosisKind>(), kind => Assert.Contains(
            Enumerable.Range('A', 26)
                .SelectMany(static a => Enumerable.Range(0, 10_000).Select(n => $"{(char)a}{n:0000}")),
            text => Book.DiagnosisKinds.Is(kind, Code.Of(text))));

    [Theory]
    [InlineData("99202 99205 99381 99387", "NewPatientVisit")]
    [InlineData("99499 99417 99490", "Evaluation")]
    [InlineData("J0738 J0739", "PrepDrug")]
    [InlineData("95120 95134", "CompleteAllergenService")]
    [InlineData("90384 90386", "RhImmuneGlobulin")]
    [InlineData("J8499 J8530 Q0162", "OralDrug")]
    [InlineData("J7613 J7626", "InhaledDrug")]
    public void A_group_has_these_codes(string codes, string name)
    {
        var group = CodeGroups.Of(Enum.Parse<GroupBit>(name));
        Assert.All(codes.Split(' '), code => Assert.True(
            Book.TryCode(Code.Of(code), new(2026, 3, 2), out var row) && row.Groups.HasAny(group), code));
    }

    [Fact]
    public void Every_share_of_law_has_a_row_for_every_day_that_is_priced() =>
        Assert.All(Enum.GetValues<LegalShare>(), static share => Assert.All(
            [new DateOnly(2009, 1, 1), new(2020, 4, 30), new(2020, 5, 1), new(2022, 6, 30), new(2026, 3, 2)],
            day => Assert.InRange(LegalShares.Percent(share, day), 0, 150)));

    [Theory]
    [InlineData("G0008", "HCPCS services")]
    [InlineData("J1885", "HCPCS")]
    [InlineData("99202", "visits and care")]
    [InlineData("96549", "chemotherapy and complex drugs")]
    [InlineData("96372", "injections and infusions")]
    [InlineData("90480", "vaccine administration")]
    [InlineData("92002", "other medicine")]
    [InlineData("0232T", "new technology (category III)")]
    [InlineData("0001U", "laboratory")]
    [InlineData("00100", "anesthesia")]
    [InlineData("36415", "other procedures")]
    public void A_code_is_of_one_family(string code, string family) =>
        Assert.Equal(family, CodeFamilies.Of(Code.Of(code)));

    [Fact]
    public void The_numbers_of_rules() =>
        Assert.Equal((2009, 2035, 3),
            (Limits.Of(Limit.FirstYear), Limits.Of(Limit.LastYear), Limits.Of(Limit.NewPatientYears)));
}
