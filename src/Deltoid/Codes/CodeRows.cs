using System.Runtime.InteropServices;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

internal enum CodeKind : byte { Procedure, Drug, Vaccine }

/// <summary>
/// A code as it stands over a span of days, with the groups it belongs to then. <see cref="CodeBook.LabelOf"/> reads
/// its label.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct CodeRow(DateRange Dates, CodeKind Kind, CodeGroups Groups, TextRef Label, byte Source)
    : IDated;

/// <summary>What one billed unit of a drug code is: 1 mg, up to 1000 mcg, one dose.</summary>
/// <param name="ByFirst">A product of several drugs is counted by the first of them (2 mg/3 mg), not by their
/// sum.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct BillingUnitRow(DateRange Dates, Amount Unit, bool UpTo, bool ByFirst = false) : IDated
{
    /// <summary>
    /// One unit for each administration whatever was given ("per dose", "per study dose"; NCCI manual XII-D-9).
    /// </summary>
    public bool IsPerDose => Unit.Unit == MeasureUnit.Each;
}

/// <summary>A row of the Medicare physician fee schedule; relative values in RVU.</summary>
/// <param name="Part">26, TC or 53; none for the whole service.</param>
/// <param name="Days">The three characters of the global period: 000, 010, 090, XXX.</param>
/// <param name="EndoscopyBase">The base procedure of its family of endoscopies (multiple procedures 3).</param>
/// <param name="CapPracticeNonFacility">The relative values of the OPPS cap on imaging; all 0 where there is
/// none.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct FeeRow(
    DateRange Dates, char Status, decimal Work, decimal PracticeNonFacility, decimal PracticeFacility,
    decimal Malpractice, bool NonFacilityNa, bool FacilityNa,
    byte PcTc, Code Days, byte Multiple, byte Bilateral, byte Source, Modifier Part = default,
    Code EndoscopyBase = default, decimal CapPracticeNonFacility = 0, decimal CapPracticeFacility = 0,
    decimal CapMalpractice = 0) : IDated
{
    public string Global => Days.ToString();
}

/// <summary>
/// A medically unlikely edit: value and adjudication indicator (1 line, 2 day by policy, 3 day by clinical data).
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct UnitLimitRow(DateRange Dates, bool Outpatient, int Limit, byte Mai, byte Source)
    : IDated;

/// <summary>An ASP payment limit in dollars for one billing unit, and the coinsurance in percent.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct AspRow(DateRange Dates, decimal Limit, decimal Coinsurance, byte Source) : IDated;

/// <summary>What OPPS makes of a code.</summary>
/// <param name="Indicator">The status indicator, one or two characters: S, Q1.</param>
/// <param name="Published">The national rate; negative where none is published.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct OppsRow(DateRange Dates, Code Indicator, Money Published, byte Source) : IDated
{
    internal static readonly Money NoRate = new(-1);

    public string Status => Indicator.ToString();

    public Money? Rate => Published.Cents < 0 ? null : Published;
}

/// <summary>
/// An add-on code; the codes one of which must be there (type 1: a closed list) are a run of the book's
/// <see cref="CodeBook.Parents"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct AddOnRow(DateRange Dates, byte Type, int First, int Count, byte Source) : IDated;

/// <summary>
/// What a facility's claim says of where a service was given: the revenue code of a line in a group; without a group
/// the type of bill of a place.
/// </summary>
/// <param name="Place">Any where it is none.</param>
internal readonly record struct DepartmentRow(CodeGroups Group, Code Place, Code Code, DateRange Dates, byte Source);

internal sealed record PlaceRow(Code Code, string Name, bool Facility, DateRange Dates);

[Flags]
internal enum ModifierGroups : ushort
{
    None = 0, Ncci = 1, Em = 2, Anatomic = 4, Distinct = 8, Repeat = 16, Drug = 32, Waste = 64, Pricing = 128,
    Abn = 256, Teaching = 512, Telehealth = 1024, Vaccine = 2048, Lab = 4096, Facility = 8192, Assistant = 16384,
    Other = 32768,
}

internal sealed record ModifierRow(Modifier Modifier, DateRange Dates, ModifierGroups Groups, string Label,
    byte Source);

/// <summary>A code that a contractor's article excludes as self-administered, for a drug under the skin.</summary>
/// <param name="Mac">The contractor, as people call it: Noridian JE.</param>
internal sealed record ExclusionRow(DateRange Dates, Code Code, string Drug, string Mac, byte Source);

/// <summary>A payment locality: its key is MAC and number; the state distinguishes the few that share one.</summary>
internal sealed record LocalityRow(DateRange Dates, string Mac, string Number, string State, string Name, decimal Work,
    decimal Practice, decimal Malpractice, byte Source);

internal sealed record FactorRow(DateRange Dates, bool Qualifying, decimal Factor, byte Source);

/// <summary>A dated pair of codes of the NCCI procedure-to-procedure edits.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct PairRow(DateRange Dates, byte Indicator, byte Source);
