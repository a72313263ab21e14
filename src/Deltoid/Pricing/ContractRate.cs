using Deltoid.Codes;
using Deltoid.Values;
using Kind = Deltoid.Codes.Group;

namespace Deltoid.Pricing;

/// <summary>How a row of a contract comes to a price.</summary>
internal enum RateMethod : byte
{
    None, OfMedicare, OfFeeSchedule, OfDrugLimit, OfAsp, OfWac, OfAwp, PerUnit, PerVisit, OfCharge, Medicaid,
    WorkersComp,
}

/// <summary>A kind of code that a row takes in where it lists none.</summary>
internal enum RateGroup : byte { None, Drugs, Vaccines, Administrations, Visits, Procedures }

/// <summary>A code, or all codes from one to another.</summary>
internal readonly record struct CodeSpan(Code First, Code Last)
{
    public bool Has(Code code) => code.Length == First.Length && !(code < First) && !(code > Last);

    public override string ToString() => First == Last ? First.ToString() : $"{First}-{Last}";
}

/// <summary>
/// One dated row of a contract or of a fee schedule: which lines it is for, how they are priced, and where that is
/// written.
/// </summary>
internal sealed record ContractRate
{
    /// <summary>Its place in the list, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Empty for every code, or for those of the group.</summary>
    public CodeSpan[] Codes { get; init; } = [];

    public RateGroup Group { get; init; }

    /// <summary>All of these must be on the line.</summary>
    public Modifiers Modifiers { get; init; }

    /// <summary>Places of service; empty for all.</summary>
    public Code[] Places { get; init; } = [];

    /// <summary>The kind of plan, as the terms name it; empty for all.</summary>
    public string Plan { get; init; } = "";

    public DateRange Dates { get; init; }

    public RateMethod Method { get; init; }

    public decimal Percent { get; init; } = 100;

    /// <summary>The year of the Medicare schedule; null for that of the service.</summary>
    public int? Year { get; init; }

    /// <summary>Dollars for one unit, or for the visit, of the methods that have it; a drug's may have more than two
    /// decimals.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The state's relative value; null for that of the Medicare fee schedule.</summary>
    public decimal? RelativeValue { get; init; }

    /// <summary>The conversion factor of a workers' compensation schedule, in dollars.</summary>
    public decimal Factor { get; init; }

    /// <summary>MAC and locality, or <see cref="Contract.National"/>; empty where the row does not say it.</summary>
    public string Locality { get; init; } = "";

    public string State { get; init; } = "";

    /// <summary>For lines that no other row has, or of which the schedule of their row has no price.</summary>
    public bool IsOtherwise { get; init; }

    /// <summary>The document and its section.</summary>
    public required string Source { get; init; }

    /// <summary>It lists one code and no more.</summary>
    public bool IsOfOneCode => Codes.Length == 1 && Codes[0].First == Codes[0].Last;

    /// <summary>Priced from the Medicare fee schedule of the code book.</summary>
    public bool IsOfFeeSchedule => Method is RateMethod.OfMedicare or RateMethod.OfFeeSchedule
        || (Method == RateMethod.WorkersComp && RelativeValue is null);

    /// <summary>Whether it is for a code on a day, wherever and under whatever plan.</summary>
    public bool IsFor(CodeBook book, Code code, DateOnly day) => Codes.Length > 0
        ? Array.Exists(Codes, span => span.Has(code))
        : Group == RateGroup.None || (book.TryCode(code, day, out var row) && IsIn(Group, row));

    static bool IsIn(RateGroup group, in CodeRow row) => group switch
    {
        RateGroup.Drugs => row.Kind == CodeKind.Drug,
        RateGroup.Vaccines => row.Kind == CodeKind.Vaccine,
        RateGroup.Administrations => row.Groups.HasAny(Kinds.Administrations),
        RateGroup.Visits => row.Groups.HasAny(Kinds.Visits),
        _ => row.Kind == CodeKind.Procedure,
    };

    static class Kinds
    {
        public static readonly CodeGroups Administrations = Kind.DrugAdministration
            | Kind.VaccineAdministration | Kind.MedicareVaccineAdministration
            | Kind.CovidAdministration | Kind.RsvAdministration
            | Kind.PrepAdministration;

        public static readonly CodeGroups Visits = Kind.Visit | Kind.OfficeVisit
            | Kind.NurseVisit | Kind.PreventiveVisit;
    }

    /// <summary>The codes that it is for, in words.</summary>
    public string CodesText => Codes.Length > 0 ? string.Join(", ", Codes)
        : Group == RateGroup.None ? (IsOtherwise ? "all other codes" : "all codes")
        : RateWords.Groups[Group];

    /// <summary>The method in words: <c>110 % of the fee schedule of 2025</c>.</summary>
    public string MethodText => Method switch
    {
        RateMethod.OfMedicare => $"{PercentText} of what Medicare pays{YearText}",
        RateMethod.OfFeeSchedule => $"{PercentText} of the Medicare fee schedule{YearText}",
        RateMethod.OfDrugLimit => $"{PercentText} of Medicare's payment limit for the drug",
        RateMethod.OfAsp => $"{PercentText} of the ASP of ${Amount} for one unit",
        RateMethod.OfWac => $"{PercentText} of the WAC of ${Amount} for one unit",
        RateMethod.OfAwp => $"{PercentText} of the AWP of ${Amount} for one unit",
        RateMethod.PerVisit => $"${Amount} for the visit",
        RateMethod.OfCharge => $"{PercentText} of the charge",
        RateMethod.Medicaid => $"the Medicaid schedule's ${Amount} for one unit{IfNotAll}",
        RateMethod.WorkersComp => RelativeValue is { } value
            ? $"relative value {value} times ${Factor}{IfNotAll}"
            : $"Medicare's relative values{YearText} times ${Factor}{IfNotAll}",
        _ => $"${Amount} for one unit{IfNotAll}",
    };

    string PercentText => $"{RateWords.Number(Percent)} %";

    string IfNotAll => Percent == 100 ? "" : $", {PercentText}";

    string YearText => Year is { } year ? $" of {year}" : "";
}
