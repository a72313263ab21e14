using System.Runtime.InteropServices;
using Deltoid.Values;

namespace Deltoid.Codes.Packs;

/// <summary>A row of a pack that belongs to a code: its number among the pack's codes.</summary>
internal interface IPackRow
{
    int Id { get; set; }
}

/// <summary>A text of a pack: where it is in the pool.</summary>
internal readonly record struct TextRef(int Start, int Length);

/// <summary>A relative value, index, factor or rate with four decimals: 0.17, 33.4009, 136.9520.</summary>
internal readonly record struct Rate(long TenThousandths)
{
    public decimal Value => TenThousandths / 10_000m;

    public static Rate Of(decimal value) => new((long)(value * 10_000m));
}

/// <summary>
/// Dates and indicator that pairs share. NCCI modifier indicator: 0 never, 1 a modifier may bypass, 9 void.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct PairKind(DateRange Dates, byte Indicator, byte Source);

/// <summary>
/// A medically unlikely edit. <paramref name="Table"/>: 0 practitioner, 1 outpatient hospital, 2 DME supplier.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct MueRow(int Id, DateRange Dates, int Limit, byte Table, byte Mai, byte Source) : IPackRow;

/// <summary>
/// An add-on code with one of its primary codes; <paramref name="Parent"/> is -1 where the contractor sets them.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct AddOnPairRow(int Id, int Parent, DateRange Dates, byte Type, byte Source) : IPackRow;

/// <summary>
/// A HCPCS Level II code: valid on a day of <paramref name="Dates"/> (ADD to TERM); <paramref name="ActionDay"/> is its
/// last change.
/// </summary>
/// <param name="First">A cross reference, packed; 0 where there is none.</param>
/// <param name="PriceIndicator">Two characters of the pricing indicator: 51 is a drug.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct HcpcsRow(int Id, DateRange Dates, int ActionDay, TextRef Short, TextRef Long, ulong First,
    ulong Second, ulong Third, ushort PriceIndicator, byte Coverage, byte Source) : IPackRow;

/// <summary>A HCPCS modifier, two characters.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct HcpcsModifierRow(ushort Modifier, DateRange Dates, TextRef Label, byte Source);

/// <summary>A row of the physician fee schedule's relative value file, as published; of AMA's texts none.</summary>
/// <param name="Modifier">Two characters, high byte first: 26, TC, 53; 0 for the whole service.</param>
/// <param name="CapPracticeNonFacility">The relative values of the OPPS cap (section 5102(b) DRA); 0 where there is no
/// cap.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct RvuRow(int Id, ushort Modifier, DateRange Dates, Rate Work, Rate PracticeNonFacility,
    Rate PracticeFacility, Rate Malpractice, Rate TotalNonFacility, Rate TotalFacility, Rate CapPracticeNonFacility,
    Rate CapPracticeFacility, Rate CapMalpractice, ulong EndoscopyBase, uint Global, byte Status, byte NonFacilityNa,
    byte FacilityNa, byte PcTc, byte Multiple, byte Bilateral, byte Assistant, byte CoSurgeon, byte Team,
    byte ImagingFamily, byte Source) : IPackRow;

/// <summary>
/// A conversion factor of the fee schedule: <paramref name="Qualifying"/> 1 for qualifying APM participants.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct ConversionRow(DateRange Dates, Rate Factor, byte Qualifying, byte Source);

/// <summary>
/// An OPPS cap in a locality: the most that is paid for the technical or global part of imaging there, in cents.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct CapRow(int Id, ushort Modifier, DateRange Dates, TextRef Locality, long Facility,
    long NonFacility, byte Source) : IPackRow;

/// <summary>Geographic practice cost indices; the key is MAC, state and locality.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct GpciRow(DateRange Dates, TextRef Mac, TextRef Number, TextRef State, TextRef Name,
    Rate Work, Rate Practice, Rate Malpractice, byte Source);

/// <summary>
/// A ZIP code's contractor and locality. <paramref name="NeedsPlusFour"/>: the nine-digit file decides.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct ZipRow(int Zip, int Carrier, int Locality, DateRange Dates, ushort State, byte Rural,
    byte NeedsPlusFour, byte Source);

/// <summary>
/// An ASP payment limit for one billing unit, coinsurance in percent (20 where the file has no such column).
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct AspLimitRow(int Id, DateRange Dates, Rate Limit, Rate Coinsurance, TextRef Dosage, byte Source)
    : IPackRow;

/// <summary>
/// An NDC (eleven digits) billed as a code: how many billing units a package has. One NDC may have several codes.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct NdcCodeRow(int Id, long Ndc, DateRange Dates, Rate PackageSize, Rate PackageQuantity, Rate Units,
    Rate UnitsOfPackage, TextRef Drug, TextRef Labeler, byte Source) : IPackRow;

/// <summary>A line of OPPS Addendum B.</summary>
/// <param name="Rate">In dollars; drugs have three decimals. -1 ten-thousandth where none is published.</param>
/// <param name="Status">Two characters of the status indicator: Q1, J2.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct AddendumRow(int Id, DateRange Dates, Rate Rate, uint Apc, ushort Status, byte Source) : IPackRow;

[Flags]
internal enum DiagnosisTraits : byte
{
    None = 0, Billable = 1, Unspecified = 2, Left = 4, Right = 8, Bilateral = 16, SideUnspecified = 32,
    Manifestation = 64
}

/// <summary>A vaccine's CPT code and its CVX number.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct VaccineRow(int Id, int Cvx, TextRef Name, byte Active, byte Source) : IPackRow;

/// <summary>A package by NDC (eleven digits): of the FDA's directory or of the CDC's vaccine list.</summary>
/// <param name="Cvx">-1 where it is no vaccine or not known.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct PackageRow(long Ndc, DateRange Dates, int Cvx, TextRef Name, TextRef Generic,
    TextRef Labeler, TextRef Form, TextRef Route, TextRef Strength, TextRef Package, byte Source);

/// <summary>A product of the FDA's directory; its packages are those whose NDC begins with it.</summary>
/// <param name="Product">Labeler and product, nine digits: an NDC without its last two.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct ProductRow(int Product, DateRange Dates, TextRef Name, TextRef Generic, TextRef Labeler,
    TextRef Form, TextRef Route, TextRef Strength, byte Source);

/// <summary>A provider taxonomy code.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct TaxonomyRow(TextRef Code, TextRef Grouping, TextRef Classification,
    TextRef Specialization, byte Source);

internal enum ListedKind : byte
{
    AdjustmentReason, AdjustmentGroup, Remark, PlaceOfService, Contractor, Locality, Specialty
}

/// <summary>A code of a short list: CARC, RARC, place of service, contractor, locality, specialty.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct ListedRow(ListedKind Kind, TextRef Code, TextRef Label, DateRange Dates, byte Source);
